package io.parano.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A mail program's connection that stays open, from an address of its own. */
final class ImapLine implements AutoCloseable {
  private final Socket socket = new Socket();
  private final BufferedReader in;

  ImapLine(int port, String from) throws IOException {
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 5000);
    socket.setSoTimeout(20_000);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    in.readLine();
  }

  /// The answer to the command, without what the server says besides.
  String say(String command) throws IOException {
    socket.getOutputStream().write(("a " + command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    String line = in.readLine();
    while (line != null && line.startsWith("* ")) {
      line = in.readLine();
    }
    return line == null ? "closed" : line;
  }

  String login(String name, String password) throws IOException {
    return say("LOGIN " + name + " \"" + password + "\"");
  }

  /// Waits until the server closes the connection, however it says so, and tells the milliseconds
  /// that this took.
  long awaitClosed() throws IOException {
    long begun = System.nanoTime();
    try {
      while (in.readLine() != null) {
        // What it says last.
      }
    } catch (SocketException e) {
      // A reset closes as well.
    }
    return (System.nanoTime() - begun) / 1_000_000;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
