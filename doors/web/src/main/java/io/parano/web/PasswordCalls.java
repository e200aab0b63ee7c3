package io.parano.web;

import io.parano.access.SettingPassword;
import io.parano.access.SettingPassword.Chosen;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.Locale;

/// The JSON calls of choosing a new password.
final class PasswordCalls {
  private final SettingPassword passwords;
  private final SignInCalls signIn;

  PasswordCalls(SettingPassword passwords, SignInCalls signIn) {
    this.passwords = passwords;
    this.signIn = signIn;
  }

  Response beginChange(Visit visit, String bearer, JsonBody body) {
    body.end();
    return signIn.options(visit, passwords.beginChange(bearer, visit.call().source()));
  }

  Response beginReset(Visit visit, JsonBody body) {
    String name = body.text("name", 64).strip().toLowerCase(Locale.ROOT);
    try (Secret code = body.secret("code", 64)) {
      body.end();
      return signIn.options(visit, passwords.beginReset(name, code, visit.call().source()));
    }
  }

  Response touch(Visit visit, JsonBody body) {
    String ceremony = body.text("ceremony", SignInCalls.CEREMONY);
    var assertion = Credentials.assertion(body);
    body.end();
    return SignInCalls.touched(
        visit, passwords.touchKey(ceremony, assertion, visit.call().source()));
  }

  Response choose(Visit visit, JsonBody body) {
    String ceremony = body.text("ceremony", SignInCalls.CEREMONY);
    String before = body.optionalText("present", SignInCalls.PASSWORD);
    try (Secret present = Secret.ofText(before == null ? "" : before);
        Secret chosen = body.secret("password", SignInCalls.PASSWORD)) {
      body.end();
      return switch (passwords.choose(ceremony, present, chosen, visit.call().source())) {
        case Chosen.Refused(Reason reason) -> Problem.of(visit, reason);
        case Chosen.Again(Reason reason) -> told(visit, reason, passwords);
        case Chosen.Done() -> Response.json(200, "{}");
      };
    }
  }

  /// Why a password is not taken; the length that is asked for with it.
  static Response told(Visit visit, Reason reason, SettingPassword passwords) {
    Outsider told = Outsider.of(reason);
    return Problem.of(
        told.status, told.code(), visit.say(told.phrase, passwords.rules().leastLength()));
  }
}
