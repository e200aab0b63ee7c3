package io.parano.app;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The other end of the control socket: one question, one line of JSON.
final class ControlClient {
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final Path socket;

  ControlClient(Path socket) {
    this.socket = socket;
  }

  static boolean done(Json answer) throws IOException {
    return answer.text("outcome").equals("done");
  }

  /// Throws [IOException], saying what to do, when nobody listens.
  Json ask(String... fields) throws IOException {
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer request =
          ByteBuffer.wrap((String.join("\t", fields) + "\n").getBytes(StandardCharsets.UTF_8));
      while (request.hasRemaining()) {
        connection.write(request);
      }
      ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
      while (answer.hasRemaining() && connection.read(answer) >= 0) {
        // until the server has said all
      }
      String json =
          new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8).strip();
      return Json.read(json);
    } catch (IOException e) {
      throw new IOException(
          Texts.say("control.silent", socket.toString(), String.valueOf(e.getMessage())), e);
    }
  }
}
