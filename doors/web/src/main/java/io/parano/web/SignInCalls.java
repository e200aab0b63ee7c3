package io.parano.web;

import io.parano.access.SigningIn;
import io.parano.access.SigningIn.Begun;
import io.parano.access.SigningIn.HostCode;
import io.parano.access.SigningIn.OtpOffer;
import io.parano.access.SigningIn.SignedIn;
import io.parano.access.SigningIn.Touched;
import io.parano.access.SigningIn.Who;
import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.web.WebConfig.ProtectedHost;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The JSON calls of signing in, stepping up, going on and leaving.
final class SignInCalls {
  /// Longer than any password that is taken, so that the core says what is wrong with it.
  static final int PASSWORD = 4096;

  static final int CEREMONY = 512;

  private final SigningIn signingIn;
  private final WebConfig config;
  private final Map<String, ProtectedHost> hosts = new HashMap<>();

  SignInCalls(SigningIn signingIn, WebConfig config) {
    this.signingIn = signingIn;
    this.config = config;
    config.hosts().forEach(host -> hosts.put(host.site().host(), host));
  }

  Map<String, ProtectedHost> hosts() {
    return hosts;
  }

  Response begin(Visit visit, JsonBody body) {
    String name = body.text("name", 64).strip().toLowerCase(Locale.ROOT);
    body.end();
    return options(visit, signingIn.begin(name, visit.call().source()));
  }

  Response touch(Visit visit, JsonBody body) {
    String ceremony = body.text("ceremony", CEREMONY);
    var assertion = Credentials.assertion(body);
    body.end();
    return touched(visit, signingIn.touch(ceremony, assertion, visit.call().source()));
  }

  Response otp(Visit visit, JsonBody body) {
    String ceremony = body.text("ceremony", CEREMONY);
    String typed = body.text("otp", 64).strip();
    body.end();
    return touched(visit, signingIn.otp(ceremony, typed, visit.call().source()));
  }

  /// Whether the page that leads there has a place for a one-time password.
  OtpOffer otpOffer(Visit visit, Destination destination) {
    return switch (destination) {
      case Destination.Here here -> OtpOffer.NONE;
      case Destination.There there ->
          AskedUrl.read(there.url(), hosts) instanceof AskedUrl.Read(var host, String path)
              ? signingIn.otpOffer(host.site().host(), path, visit.call().source())
              : OtpOffer.NONE;
    };
  }

  Response password(Visit visit, JsonBody body) {
    String ceremony = body.text("ceremony", CEREMONY);
    try (Secret password = body.secret("password", PASSWORD)) {
      body.end();
      return switch (signingIn.password(ceremony, password, visit.call().source())) {
        case SignedIn.Refused(Reason reason) -> Problem.of(visit, reason);
        case SignedIn.Again(Reason reason) -> Problem.of(visit, reason);
        case SignedIn.Accepted(Secret bearer, var endsAt) ->
            Response.json(200, JsonText.object().put("endsAt", endsAt.toString()).text())
                .with("Set-Cookie", SetCookie.portal(config.cookies(), bearer));
      };
    }
  }

  Response who(Visit visit, String bearer) {
    return switch (signingIn.who(bearer, visit.call().source())) {
      case Who.Nobody(Reason reason) -> Problem.of(visit, reason);
      case Who.Somebody somebody ->
          Response.json(
              200,
              JsonText.object()
                  .put("session", somebody.session().toString())
                  .put("name", somebody.name())
                  .put("displayName", somebody.displayName())
                  .put("officer", somebody.officer())
                  .put("language", somebody.language().tag())
                  .put("factor", Words.kebab(somebody.factor().name()))
                  .put("touchedAt", somebody.touchedAt().toString())
                  .put("endsAt", somebody.endsAt().toString())
                  .text());
    };
  }

  Response signOut(Visit visit, String bearer, JsonBody body) {
    body.end();
    signingIn.signOut(bearer, visit.call().source());
    return Response.json(200, "{}").with("Set-Cookie", SetCookie.clearPortal(config.cookies()));
  }

  Response beginStepUp(Visit visit, String bearer, JsonBody body) {
    body.end();
    return options(visit, signingIn.beginStepUp(bearer, visit.call().source()));
  }

  Response stepUp(Visit visit, String bearer, JsonBody body) {
    String ceremony = body.text("ceremony", CEREMONY);
    var assertion = Credentials.assertion(body);
    body.end();
    return touched(visit, signingIn.stepUp(bearer, ceremony, assertion, visit.call().source()));
  }

  /// Where to go on: to one of our own pages, or to an application with a code for it.
  Response hostCode(Visit visit, String bearer, JsonBody body) {
    Destination destination = Destination.of(body.text("rd", 8 * 1024), hosts);
    body.end();
    return switch (destination) {
      case Destination.Here(String path) ->
          switch (signingIn.who(bearer, visit.call().source())) {
            case Who.Nobody(Reason reason) -> Problem.of(visit, reason);
            case Who.Somebody somebody -> location(path);
          };
      case Destination.There there -> codeFor(visit, bearer, there);
    };
  }

  private Response codeFor(Visit visit, String bearer, Destination.There there) {
    if (config.cookies() instanceof Cookies.SharedDomain) {
      // The portal's cookie is the application's too.
      return switch (signingIn.who(bearer, visit.call().source())) {
        case Who.Nobody(Reason reason) -> Problem.of(visit, reason);
        case Who.Somebody somebody -> location(there.url());
      };
    }
    Site site = there.host().site();
    return switch (signingIn.hostCode(bearer, site.host(), visit.call().source())) {
      case HostCode.Refused(Reason reason) -> Problem.of(visit, reason);
      case HostCode.Issued(Secret code) ->
          location(
              site
                  + "/.parano/exchange?code="
                  + SetCookie.text(code)
                  + "&to="
                  + Percent.encode(there.path()));
    };
  }

  private static Response location(String location) {
    return Response.json(200, JsonText.object().put("location", location).text());
  }

  Response options(Visit visit, Begun begun) {
    return switch (begun) {
      case Begun.Refused(Reason reason) -> Problem.of(visit, reason);
      case Begun.Options(String ceremony, Bytes challenge, List<Bytes> allowed, var timeout) ->
          Response.json(
              200,
              assertionOptions(challenge, allowed, timeout.toMillis())
                  .put("ceremony", ceremony)
                  .text());
    };
  }

  /// What `navigator.credentials.get` needs.
  JsonText assertionOptions(Bytes challenge, List<Bytes> allowed, long timeout) {
    return JsonText.object()
        .put("rpId", config.relyingParty())
        .put("challenge", challenge.base64Url())
        .texts("allowed", allowed.stream().map(Bytes::base64Url).toList())
        .put("timeout", timeout);
  }

  static Response touched(Visit visit, Touched touched) {
    return switch (touched) {
      case Touched.Refused(Reason reason) -> Problem.of(visit, reason);
      case Touched.Accepted() -> Response.json(200, "{}");
    };
  }
}
