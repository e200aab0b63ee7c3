package io.parano.web;

import io.parano.access.Confirming;
import io.parano.access.Confirming.Begun;
import io.parano.access.Confirming.Confirmed;
import io.parano.kernel.Reason;

/// The calls by which a VPN login is confirmed. Which of name, code and place is wrong is nobody's
/// business.
final class ConfirmCalls {
  private static final int CODE = 64;

  private final Confirming confirming;
  private final SignInCalls signIn;

  ConfirmCalls(Confirming confirming, SignInCalls signIn) {
    this.confirming = confirming;
    this.signIn = signIn;
  }

  Response begin(Visit visit, JsonBody body) {
    String name = body.text("name", 64);
    String code = body.text("code", CODE);
    body.end();
    return switch (confirming.begin(name, code, visit.call().source())) {
      case Begun.Refused(Reason reason) when Outsider.of(reason) == Outsider.LATER ->
          Problem.of(visit, reason);
      case Begun.Refused refused -> Problem.of(visit, Outsider.CODE_REFUSED);
      case Begun.Options options ->
          Response.json(
              200,
              signIn
                  .assertionOptions(
                      options.challenge(), options.allowed(), options.timeout().toMillis())
                  .put("ceremony", options.ceremony())
                  .put("server", options.server())
                  .put("station", options.station().toString())
                  .text());
    };
  }

  Response finish(Visit visit, JsonBody body) {
    String ceremony = body.text("ceremony", SignInCalls.CEREMONY);
    var assertion = Credentials.assertion(body);
    body.end();
    return switch (confirming.finish(ceremony, assertion, visit.call().source())) {
      case Confirmed.Refused(Reason reason) -> Problem.of(visit, reason);
      case Confirmed.Done() -> Response.json(200, "{}");
    };
  }
}
