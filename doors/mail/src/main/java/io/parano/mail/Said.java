package io.parano.mail;

import io.parano.access.MailAdmitting.Answer;
import io.parano.access.MailAdmitting.Protocol;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The one place where answers become what a mail server is told: yes, no, or not now. Reasons are
/// for the log.
///
/// @param headers beside what every answer has
record Said(int status, Map<String, String> headers, String body) {
  /// After so many attempts nginx is not asked to let the program try once more.
  private static final int MOST_ATTEMPTS = 5;

  /// Longer than this nobody is kept waiting: the connection is closed.
  private static final long LONGEST_WAIT_SECONDS = 10;

  private static final int UNAVAILABLE = 503;

  Said {
    headers = Map.copyOf(headers);
  }

  static Said bare(int status) {
    return new Said(status, Map.of(), "");
  }

  /// nginx takes any answer but 200 for a fault of ours, and decides by `Auth-Status`.
  static Said toNginx(Answer answer, NginxRequest asked, MailServer.Kind.Nginx nginx, Words words) {
    return switch (answer) {
      case Answer.Unavailable unavailable -> laterToNginx(asked.protocol(), words);
      case Answer.Refused(var reason, var delay) -> {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Auth-Status", words.refused());
        long seconds = Math.max(1, delay.toSeconds());
        if (asked.attempt() < MOST_ATTEMPTS && seconds <= LONGEST_WAIT_SECONDS) {
          headers.put("Auth-Wait", Long.toString(seconds));
        }
        yield new Said(200, headers, "");
      }
      case Answer.Admitted(var opened) -> {
        MailServer.Backend backend = nginx.backends().get(asked.protocol());
        yield backend == null
            ? laterToNginx(asked.protocol(), words)
            : new Said(
                200,
                Map.of(
                    "Auth-Status", "OK",
                    "Auth-Server", backend.address(),
                    "Auth-Port", Integer.toString(backend.port()),
                    "Auth-User", opened.mailbox(),
                    "Auth-Pass", text(nginx.password())),
                "");
      }
    };
  }

  /// A fault that passes, as SMTP has a code for it (RFC 4954 section 6).
  static Said laterToNginx(Protocol protocol, Words words) {
    return new Said(
        200,
        switch (protocol) {
          case SUBMISSION -> Map.of("Auth-Status", words.later(), "Auth-Error-Code", "451 4.3.0");
          case IMAP, POP3 -> Map.of("Auth-Status", words.later());
        },
        "");
  }

  /// To the policy client: 0 goes on, -1 refuses. An answer that is none refuses where
  /// `auth_policy_reject_on_fail` is set.
  static Said toPolicy(Answer answer, Words words) {
    return switch (answer) {
      case Answer.Unavailable unavailable -> bare(UNAVAILABLE);
      case Answer.Refused refused ->
          json("{\"status\":-1,\"msg\":" + quoted(words.refused()) + "}");
      case Answer.Admitted admitted -> heard();
    };
  }

  static Said heard() {
    return json("{\"status\":0,\"msg\":\"\"}");
  }

  /// To our Lua script, in exactly this form: it compares, and parses nothing.
  static Said toPasswordCheck(Answer answer) {
    return switch (answer) {
      case Answer.Unavailable unavailable -> bare(UNAVAILABLE);
      case Answer.Refused refused -> json("{\"result\":\"refused\"}");
      case Answer.Admitted(var opened) ->
          json("{\"result\":\"ok\",\"user\":" + quoted(opened.mailbox()) + "}");
    };
  }

  private static Said json(String body) {
    return new Said(200, Map.of("Content-Type", "application/json"), body);
  }

  private static String text(Secret secret) {
    return new String(secret.copy(), StandardCharsets.UTF_8);
  }

  /// RFC 8259 section 7.
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      if (at == '"' || at == '\\') {
        quoted.append('\\').append(at);
      } else if (at < 0x20) {
        quoted.append("\\u%04x".formatted((int) at));
      } else {
        quoted.append(at);
      }
    }
    return quoted.append('"').toString();
  }
}
