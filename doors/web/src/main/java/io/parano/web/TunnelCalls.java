package io.parano.web;

import io.parano.access.Arming;
import io.parano.access.Arming.Armed;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The calls by which somebody outside opens their enrolled device's tunnel. They give no cookie.
final class TunnelCalls {
  private final @Nullable Arming arming;
  private final SignInCalls signIn;

  TunnelCalls(@Nullable Arming arming, SignInCalls signIn) {
    this.arming = arming;
    this.signIn = signIn;
  }

  /// Null where there are no such tunnels: then there is no such call.
  @Nullable Response answer(Visit visit, JsonBody body) {
    Arming carried = arming;
    if (carried == null) {
      return null;
    }
    return switch (visit.call().path()) {
      case "/api/vpn/begin" -> begin(carried, visit, body);
      case "/api/vpn/touch" -> touch(carried, visit, body);
      case "/api/vpn/arm" -> arm(carried, visit, body);
      default -> null;
    };
  }

  private Response begin(Arming carried, Visit visit, JsonBody body) {
    String name = body.text("name", 64).strip().toLowerCase(Locale.ROOT);
    body.end();
    return signIn.options(visit, carried.begin(name, visit.call().source()));
  }

  private static Response touch(Arming carried, Visit visit, JsonBody body) {
    String ceremony = body.text("ceremony", SignInCalls.CEREMONY);
    var assertion = Credentials.assertion(body);
    body.end();
    return SignInCalls.touched(visit, carried.touch(ceremony, assertion, visit.call().source()));
  }

  private static Response arm(Arming carried, Visit visit, JsonBody body) {
    String ceremony = body.text("ceremony", SignInCalls.CEREMONY);
    String label = body.optionalText("device", 64);
    String device = label == null ? "" : label;
    try (Secret password = body.secret("password", SignInCalls.PASSWORD)) {
      body.end();
      return switch (carried.arm(ceremony, password, device, visit.call().source())) {
        case Armed.Refused(Reason reason) -> Problem.of(visit, reason);
        case Armed.Again(Reason reason) -> Problem.of(visit, reason);
        case Armed.Unavailable() ->
            Problem.of(503, "unavailable", visit.say(Phrase.ERROR_FAULT_TEXT));
        case Armed.Done done -> shown(visit, done);
      };
    }
  }

  private static Response shown(Visit visit, Armed.Done done) {
    try (Secret presharedKey = done.presharedKey()) {
      String ownKey = visit.say(Phrase.VPN_OWN_KEY);
      return Response.json(
          200,
          JsonText.object()
              .put("device", done.device())
              .put("server", done.server())
              .put("configuration", TunnelText.of(done.end(), done.address(), presharedKey, ownKey))
              .put("until", done.until().toString())
              .text());
    }
  }
}
