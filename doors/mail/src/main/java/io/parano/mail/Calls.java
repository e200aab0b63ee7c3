package io.parano.mail;

import io.parano.access.MailAdmitting;
import io.parano.access.MailAdmitting.Answer;
import io.parano.access.MailAdmitting.Asked;
import io.parano.kernel.Reason;
import io.parano.mail.Counters.Fate;
import java.time.Instant;

/// Asks the core what mail servers ask us, and remembers what was opened. Blocks while disks take
/// their time.
final class Calls {
  private static final int OK = 200;
  private static final int BAD = 400;
  private static final int MISSING = 404;

  private final MailAdmitting admitting;
  private final OpenMailboxes open;
  private final Counters counters;
  private final Words words;

  Calls(MailAdmitting admitting, OpenMailboxes open, Counters counters, Words words) {
    this.admitting = admitting;
    this.open = open;
    this.counters = counters;
    this.words = words;
  }

  Said answer(MailServer server, Call call) {
    if (call.path().equals("/alive") && call.method().equals("GET")) {
      counters.count(Fate.WATCHED);
      return Said.bare(OK);
    }
    return switch (server.kind()) {
      case MailServer.Kind.Nginx nginx -> nginx(server, nginx, call);
      case MailServer.Kind.Dovecot dovecot -> dovecot(server, call);
    };
  }

  private Said nginx(MailServer server, MailServer.Kind.Nginx nginx, Call call) {
    if (!call.method().equals("GET") || !call.path().equals("/nginx")) {
      return malformed(call, server, Reason.REQUEST_MALFORMED, "method or path");
    }
    return switch (NginxRequest.read(call.headers())) {
      case NginxRequest.Reading.Malformed(var reason, var detail) ->
          malformed(call, server, reason, detail);
      case NginxRequest.Reading.Read(var request) -> {
        try (var password = request.password()) {
          Asked asked =
              new Asked(server.name(), request.name(), request.source(), request.protocol());
          Answer answer =
              nginx.backends().containsKey(request.protocol())
                  ? opened(admitting.admit(asked, password))
                  : new Answer.Unavailable();
          yield Said.toNginx(counted(answer), request, nginx, words);
        }
      }
    };
  }

  private Said dovecot(MailServer server, Call call) {
    if (!call.method().equals("POST")) {
      return malformed(call, server, Reason.REQUEST_MALFORMED, "method");
    }
    return switch (DovecotRequest.read(call.body().copy())) {
      case DovecotRequest.Reading.Malformed(var reason, var detail) ->
          malformed(call, server, reason, detail);
      case DovecotRequest.Reading.Read(var request) -> dovecot(server, call, request);
    };
  }

  private Said dovecot(MailServer server, Call call, DovecotRequest request) {
    Asked asked = new Asked(server.name(), request.name(), request.source(), request.protocol());
    return switch (call.path() + "?" + call.query()) {
      case "/dovecot/policy?command=allow" ->
          Said.toPolicy(counted(opened(admitting.admitPresent(asked))), words);
      case "/dovecot/policy?command=report" -> {
        counters.count(Fate.REPORTED);
        yield Said.heard();
      }
      case "/dovecot/password?" -> {
        var password = request.password();
        if (password == null) {
          yield malformed(call, server, Reason.REQUEST_MALFORMED, "password");
        }
        try (password) {
          yield Said.toPasswordCheck(counted(opened(admitting.admit(asked, password))));
        }
      }
      default -> malformed(call, server, Reason.REQUEST_MALFORMED, "path");
    };
  }

  private Answer opened(Answer answer) {
    if (answer instanceof Answer.Admitted(var opened)) {
      open.opened(opened, Instant.now());
      // A cut that came before this mailbox stood there could not close it.
      Reason since = admitting.over(opened);
      if (since != null) {
        return new Answer.Refused(since, java.time.Duration.ofSeconds(1));
      }
    }
    return answer;
  }

  private Answer counted(Answer answer) {
    counters.count(
        switch (answer) {
          case Answer.Refused refused -> Fate.REFUSED;
          case Answer.Unavailable unavailable -> Fate.UNAVAILABLE;
          case Answer.Admitted admitted -> Fate.ACCEPTED;
        });
    return answer;
  }

  /// A listed server that says what can't be read is set up in another way than ours: that is worth
  /// a line in the log, as a stranger's is.
  private Said malformed(Call call, MailServer server, Reason reason, String detail) {
    counters.count(Fate.MALFORMED);
    admitting.disbelieve(call.peer(), reason, server.name() + ": " + detail);
    return switch (server.kind()) {
      case MailServer.Kind.Nginx nginx ->
          new Said(OK, java.util.Map.of("Auth-Status", words.refused()), "");
      case MailServer.Kind.Dovecot dovecot -> Said.bare(detail.equals("path") ? MISSING : BAD);
    };
  }
}
