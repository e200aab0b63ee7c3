package io.parano.web;

import io.parano.access.Certifying;
import io.parano.access.Certifying.Certified;
import io.parano.access.IssuedCertificate;
import io.parano.access.Showing;
import io.parano.access.Showing.Shown;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What SSH needs of the web: a certificate for the command line, and, for anybody who asks, what
/// is revoked and who the authorities are. The serials on the list are random and say nothing.
final class SshCalls {
  static final String CERTIFICATE = "/api/ssh/certificate";

  /// Under `/api/command/`: no page calls it.
  static final String AT_TERMINAL = "/api/command/ssh-certificate";

  private static final String FOLDER = "/ssh/";
  private static final int LONGEST_KEY = 8192;

  private final Supplier<@Nullable Certifying> desk;
  private final Showing showing;

  /// @param desk gives null while there are no SSH authorities
  SshCalls(Supplier<@Nullable Certifying> desk, Showing showing) {
    this.desk = desk;
    this.showing = showing;
  }

  static boolean asks(Call call) {
    return call.path().startsWith(FOLDER);
  }

  Response certificate(Visit visit, String bearer, JsonBody body) {
    String hosts = body.text("hosts", 64);
    String key = body.text("key", LONGEST_KEY);
    body.end();
    Certifying certifying = desk.get();
    if (certifying == null) {
      return Problem.of(404, "missing", visit.say(Phrase.ERROR_MISSING_TEXT));
    }
    return certified(visit, certifying.certify(bearer, hosts, key, visit.call().source()));
  }

  /// Name, one-time password and password, and the certificate that they are for, in one call of
  /// somebody at a terminal, who then has no session.
  Response certificateAtTerminal(Visit visit, JsonBody body) {
    String name = body.text("name", 64).strip().toLowerCase(Locale.ROOT);
    String otp = body.text("otp", 64).strip();
    String hosts = body.text("hosts", 64);
    String key = body.text("key", LONGEST_KEY);
    try (Secret password = body.secret("password", SignInCalls.PASSWORD)) {
      body.end();
      Certifying certifying = desk.get();
      if (certifying == null) {
        return Problem.of(404, "missing", visit.say(Phrase.ERROR_MISSING_TEXT));
      }
      return switch (showing.show(name, otp, password, hosts, visit.call().source())) {
        case Shown.Refused(Reason reason) -> Problem.of(visit, reason);
        case Shown.Three(var proof) -> certified(visit, certifying.certify(proof, key));
      };
    }
  }

  private static Response certified(Visit visit, Certified certified) {
    return switch (certified) {
      case Certified.Refused(Reason reason) -> Problem.of(visit, reason);
      case Certified.Granted(var made, var usableUntil, var endsAt) ->
          Response.json(
              200,
              JsonText.object()
                  .objects("certificates", made.stream().map(SshCalls::text).toList())
                  .put("usableUntil", usableUntil.toString())
                  .put("endsAt", endsAt.toString())
                  .text());
    };
  }

  private static JsonText text(Certifying.Made made) {
    return JsonText.object()
        .put(
            "for",
            switch (made.purpose()) {
              case IssuedCertificate.Purpose.JUMP -> "jump";
              case IssuedCertificate.Purpose.HOSTS -> "hosts";
            })
        .put("certificate", made.certificate().line(""));
  }

  /// Plain text: for `revocations` a detached signature, then the list in base64; for the
  /// authorities lines of key files.
  Response answer(Call call) {
    Certifying certifying = desk.get();
    if (certifying == null) {
      return Response.text(404, "");
    }
    if (!call.method().equals("GET")) {
      return Response.text(405, "").with("Allow", "GET");
    }
    return switch (call.path()) {
      case "/ssh/revocations" -> {
        Certifying.Published published = certifying.revocations();
        yield plain(
            published.signature()
                + Base64.getEncoder().encodeToString(published.list().copy())
                + "\n");
      }
      case "/ssh/users.pub" -> plain(certifying.authorities().users().line("parano-users") + "\n");
      case "/ssh/hosts.pub" -> plain(certifying.authorities().hosts().line("parano-hosts") + "\n");
      default -> Response.text(404, "");
    };
  }

  private static Response plain(String text) {
    return Response.text(200, text).with("Cache-Control", "no-store");
  }
}
