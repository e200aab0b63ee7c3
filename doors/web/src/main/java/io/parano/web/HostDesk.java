package io.parano.web;

import io.parano.access.SigningIn;
import io.parano.access.SigningIn.Granted;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.web.WebConfig.ProtectedHost;

/// What a protected host's `/.parano/` leads to: a one-time code becomes that host's own cookie,
/// and the way out.
final class HostDesk {
  private final SigningIn signingIn;
  private final Cookies cookies;
  private final PlainPages pages;

  HostDesk(SigningIn signingIn, Cookies cookies, PlainPages pages) {
    this.signingIn = signingIn;
    this.cookies = cookies;
    this.pages = pages;
  }

  Response answer(Visit visit, ProtectedHost host) {
    Call call = visit.call();
    return switch (call.method() + " " + call.path()) {
      case "GET /.parano/exchange" -> exchange(visit, host);
      case "GET /.parano/sign-out" -> pages.askSignOut(visit, host);
      case "POST /.parano/sign-out" -> signOut(visit, host);
      default ->
          switch (call.path()) {
            case "/.parano/exchange" -> pages.error(visit, 405).with("Allow", "GET");
            case "/.parano/sign-out" -> pages.error(visit, 405).with("Allow", "GET, POST");
            default -> pages.error(visit, 404);
          };
    };
  }

  /// The code works once, and the address that is left in the browser's history is the page itself.
  private Response exchange(Visit visit, ProtectedHost host) {
    String code = visit.call().query().get("code");
    if (code == null || code.length() > CookieHeader.LONGEST) {
      return pages.error(visit, 400);
    }
    String back = host.site() + Destination.local(visit.call().query().get("to"));
    return switch (signingIn.redeem(code, host.site().host(), visit.call().source())) {
      case Granted.Refused(Reason reason) -> pages.codeRefused(visit, host);
      case Granted.Session(Secret bearer, var endsAt) ->
          Response.seeOther(back).with("Set-Cookie", SetCookie.host(cookies, bearer));
    };
  }

  private Response signOut(Visit visit, ProtectedHost host) {
    if (SameOrigin.refusal(visit.call()) != null) {
      return pages.error(visit, 403);
    }
    return switch (Bearer.of(visit.call(), cookies.host())) {
      case Bearer.InCookie(String bearer) -> {
        signingIn.signOut(bearer, visit.call().source());
        yield pages.signedOut(visit, host).with("Set-Cookie", SetCookie.clearHost(cookies));
      }
      case Bearer.InHeader header -> pages.error(visit, 400);
      case Bearer.Refused refused -> pages.error(visit, 400);
      case Bearer.None none -> pages.signedOut(visit, host);
    };
  }
}
