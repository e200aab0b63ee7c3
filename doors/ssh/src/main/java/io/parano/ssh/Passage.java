package io.parano.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to a host, and what still has to be written to it. Whoever sends is held back by
/// the channel's window, which opens again as bytes leave here, so that the queue is bounded by it.
final class Passage {
  private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

  /// Nothing to write: nothing more comes.
  private static final byte[] END = {};

  private final String host;
  private final int port;
  private final Socket socket;
  private final LinkedBlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
  private volatile boolean unheard;

  Passage(String host, int port, Socket socket) {
    this.host = host;
    this.port = port;
    this.socket = socket;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /// Where what the host says goes, and what is told of what it took.
  interface Near {
    void heard(byte[] bytes, int length) throws IOException;

    /// The host says nothing more.
    void silent() throws IOException;

    /// So many bytes have left.
    void taken(int length) throws IOException;

    /// Both ways are done, or one is broken.
    void finished();
  }

  /// Runs both ways until they are done.
  void open(Near near) {
    Thread.ofVirtual().name("ssh-jump-in").start(() -> run(() -> hear(near), near));
    Thread.ofVirtual().name("ssh-jump-out").start(() -> run(() -> speak(near), near));
  }

  /// One way of it.
  @FunctionalInterface
  private interface Way {
    void go() throws IOException, InterruptedException;
  }

  private void run(Way way, Near near) {
    try {
      way.go();
    } catch (IOException e) {
      // Either end went away, or a cut took it.
      LOG.debug("a passage to {} broke: {}", host, e.toString());
      cut();
    } catch (InterruptedException e) {
      cut();
      Thread.currentThread().interrupt();
    }
    if (done()) {
      cut();
      near.finished();
    }
  }

  private boolean done() {
    return socket.isClosed() || (socket.isInputShutdown() && socket.isOutputShutdown());
  }

  private void hear(Near near) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[32 * 1024];
    for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
      near.heard(bytes, length);
    }
    near.silent();
    socket.shutdownInput();
  }

  private void speak(Near near) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    for (byte[] bytes = waiting.take(); bytes.length > 0; bytes = waiting.take()) {
      out.write(bytes);
      near.taken(bytes.length);
    }
    if (unheard) {
      socket.close();
    } else {
      socket.shutdownOutput();
    }
  }

  void say(byte[] bytes) {
    if (bytes.length > 0) {
      waiting.add(bytes);
    }
  }

  /// Nothing more is said; what was said before still goes.
  void hush() {
    waiting.add(END);
  }

  /// Nothing more is said and nobody listens any more.
  void finish() {
    unheard = true;
    hush();
  }

  /// At once, whatever is under way.
  void cut() {
    close(socket);
    waiting.add(END);
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection did not close: {}", e.toString());
    }
  }
}
