package io.parano.vpn;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lines of an OpenVPN server, one after another, in bounded memory: what is too long, too much or
/// not of the form ends the connection, and so the server. What a client says is only passed on by
/// it, an answer for instance, and is of no form: a client ends nothing by it.
final class OpenVpnReading {
  /// A password may have 4,095 bytes, and stands behind its name and a prefix.
  static final int LONGEST_LINE = 8 * 1024;

  private static final int MOST_VARIABLES = 512;
  private static final int MOST_CHARACTERS = 128 * 1024;
  private static final String CLIENT = ">CLIENT:";
  private static final Pattern HEAD =
      Pattern.compile("(CONNECT|REAUTH|ESTABLISHED|DISCONNECT),(\\d{1,18})(?:,(\\d{1,18}))?");
  private static final Pattern ANSWER =
      Pattern.compile("CR_RESPONSE,(\\d{1,18}),(\\d{1,18}),(.*)", Pattern.DOTALL);
  private static final Pattern ADDRESS = Pattern.compile("ADDRESS,.{0,200}");

  private final byte[] line = new byte[LONGEST_LINE];
  private int filled;
  private @Nullable Open open;

  /// An event of which more is to come.
  private record Open(
      String kind, long client, long key, @Nullable String answer, Map<String, String> said) {}

  /// What the octet brought.
  sealed interface Came {
    /// It is not what such a server says.
    record Broken() implements Came {}

    record Wanting() implements Came {}

    record Event(OpenVpnEvent event) implements Came {}
  }

  Came next(byte octet) {
    if (octet == '\n') {
      int length = filled > 0 && line[filled - 1] == '\r' ? filled - 1 : filled;
      String text = new String(line, 0, length, StandardCharsets.UTF_8);
      java.util.Arrays.fill(line, 0, filled, (byte) 0);
      filled = 0;
      return read(text);
    }
    if (filled == line.length) {
      return new Came.Broken();
    }
    line[filled++] = octet;
    return new Came.Wanting();
  }

  private Came read(String text) {
    if (text.startsWith(CLIENT)) {
      return client(text.substring(CLIENT.length()));
    }
    if (text.startsWith(">HOLD:")) {
      return new Came.Event(new OpenVpnEvent.Hold());
    }
    if (text.startsWith("SUCCESS:") || text.startsWith("ERROR:")) {
      return new Came.Event(new OpenVpnEvent.Replied(text.startsWith("S")));
    }
    return new Came.Event(new OpenVpnEvent.Other());
  }

  private Came client(String text) {
    Open event = open;
    if (text.startsWith("ENV,")) {
      return event == null ? new Came.Broken() : variable(event, text.substring(4));
    }
    if (event != null) {
      return new Came.Broken();
    }
    if (ADDRESS.matcher(text).matches()) {
      return new Came.Event(new OpenVpnEvent.Other());
    }
    Matcher answer = ANSWER.matcher(text);
    if (answer.matches()) {
      open = new Open("CR_RESPONSE", number(answer, 1), number(answer, 2), answer.group(3), said());
      return new Came.Wanting();
    }
    Matcher head = HEAD.matcher(text);
    if (!head.matches()) {
      return new Came.Broken();
    }
    boolean asks = head.group(1).equals("CONNECT") || head.group(1).equals("REAUTH");
    if (asks != (head.group(3) != null)) {
      return new Came.Broken();
    }
    open = new Open(head.group(1), number(head, 2), asks ? number(head, 3) : 0, null, said());
    return new Came.Wanting();
  }

  private static Map<String, String> said() {
    return new HashMap<>();
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }

  private Came variable(Open event, String text) {
    if (text.equals("END")) {
      open = null;
      return new Came.Event(whole(event));
    }
    int equals = text.indexOf('=');
    // The first of a name counts: a client may send more in the server's words (`IV_…`, `UV_…`).
    if (equals > 0) {
      event.said().putIfAbsent(text.substring(0, equals), text.substring(equals + 1));
    }
    int characters =
        event.said().entrySet().stream()
            .mapToInt(one -> one.getKey().length() + one.getValue().length())
            .sum();
    return event.said().size() > MOST_VARIABLES || characters > MOST_CHARACTERS
        ? new Came.Broken()
        : new Came.Wanting();
  }

  private static OpenVpnEvent whole(Open event) {
    String answer = event.answer();
    if (answer != null) {
      return new OpenVpnEvent.Answers(event.client(), event.key(), answer);
    }
    return switch (event.kind()) {
      case "ESTABLISHED" -> new OpenVpnEvent.Established(event.client(), event.said());
      case "DISCONNECT" -> new OpenVpnEvent.Disconnected(event.client(), event.said());
      default -> new OpenVpnEvent.Asks(event.kind(), event.client(), event.key(), event.said());
    };
  }
}
