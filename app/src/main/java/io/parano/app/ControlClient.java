package io.parano.app;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The other end of the control socket: one question, one line of JSON.
final class ControlClient {
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final Path socket;

  ControlClient(Path socket) {
    this.socket = socket;
  }

  /// @param json the line as it came
  /// @param members its members; a list's items are joined by `, `
  record Answer(String json, Map<String, String> members) {
    boolean done() {
      return "done".equals(members.get("outcome"));
    }
  }

  /// Throws [IOException], saying what to do, when nobody listens.
  Answer ask(String... fields) throws IOException {
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
      return new Answer(json, members(json));
    } catch (IOException e) {
      throw new IOException(
          "no server answers at %s (%s); is it running, and is this its user or root?"
              .formatted(socket, e.getMessage()),
          e);
    }
  }

  private static Map<String, String> members(String json) throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("expected an answer in JSON, found \"" + json + "\"");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        members.put(name, value(parser));
      }
    }
    return members;
  }

  private static String value(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      return parser.getString();
    }
    StringBuilder items = new StringBuilder();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.append(items.isEmpty() ? "" : ", ").append(parser.getString());
    }
    return items.toString();
  }
}
