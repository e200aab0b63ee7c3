package io.parano.web;

import io.parano.access.Enrolling;
import io.parano.access.Enrolling.Begun;
import io.parano.access.Enrolling.Finished;
import io.parano.access.SettingPassword;
import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.Locale;

/// The JSON calls of registering a key.
final class EnrolCalls {
  private final Enrolling enrolling;
  private final SettingPassword passwords;
  private final WebConfig config;

  EnrolCalls(Enrolling enrolling, SettingPassword passwords, WebConfig config) {
    this.enrolling = enrolling;
    this.passwords = passwords;
    this.config = config;
  }

  Response begin(Visit visit, JsonBody body) {
    String name = body.text("name", 64).strip().toLowerCase(Locale.ROOT);
    try (Secret code = body.secret("code", 64)) {
      body.end();
      return switch (enrolling.begin(name, code, visit.call().source())) {
        case Begun.Refused(Reason reason) -> Problem.of(visit, reason);
        case Begun.Options options -> Response.json(200, text(options));
      };
    }
  }

  Response finish(Visit visit, JsonBody body) {
    String ceremony = body.text("ceremony", 128);
    var registration = Credentials.registration(body);
    String label = body.label("label");
    try (Secret password = body.secret("password", SignInCalls.PASSWORD)) {
      body.end();
      return switch (enrolling.finish(
          ceremony, registration, password, label, visit.call().source())) {
        case Finished.Refused(Reason reason) -> Problem.of(visit, reason);
        case Finished.Again(Reason reason) -> PasswordCalls.told(visit, reason, passwords);
        case Finished.Enrolled(String model) ->
            Response.json(200, JsonText.object().put("model", model).text());
      };
    }
  }

  private String text(Begun.Options options) {
    return JsonText.object()
        .put("ceremony", options.ceremony())
        .put("rpId", config.relyingParty())
        .put("rpName", config.name())
        .put("challenge", options.challenge().base64Url())
        .put("userHandle", options.userHandle().base64Url())
        .put("name", options.name())
        .put("displayName", options.displayName())
        .numbers("algorithms", options.algorithms())
        .texts("exclude", options.exclude().stream().map(Bytes::base64Url).toList())
        .put("setsPassword", options.setsPassword())
        .put("timeout", options.timeout().toMillis())
        .text();
  }
}
