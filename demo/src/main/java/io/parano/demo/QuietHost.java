package io.parano.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A host behind the jump host, as far as the demo needs one: it says that it speaks SSH, and then
/// listens for as long as anybody is there.
final class QuietHost implements AutoCloseable {
  private final ServerSocket socket;

  private QuietHost(ServerSocket socket) {
    this.socket = socket;
  }

  static QuietHost open(Places places) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.bind(places.host());
    QuietHost host = new QuietHost(socket);
    Thread.ofVirtual().start(host::accept);
    return host;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket visitor = socket.accept();
        Thread.ofVirtual().start(() -> speak(visitor));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void speak(Socket visitor) {
    try (visitor) {
      visitor.getOutputStream().write("SSH-2.0-demo\r\n".getBytes(StandardCharsets.US_ASCII));
      visitor.getOutputStream().flush();
      visitor.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Whoever was there is gone.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
