package io.parano.web;

import io.parano.kernel.Reason;

/// Who a call says it is from. The one place where that is read: browsers send a cookie, the
/// command line an `Authorization` header.
sealed interface Bearer {
  record Refused(Reason reason) implements Bearer {}

  record None() implements Bearer {}

  /// Browsers send it by themselves, so a call that changes something must also show that our own
  /// page made it ([SameOrigin]).
  record InCookie(String value) implements Bearer {}

  /// No browser sends this by itself (RFC 6750 section 2.1).
  record InHeader(String value) implements Bearer {}

  static Bearer of(Call call, String cookie) {
    String authorization = call.authorization();
    CookieHeader found = CookieHeader.find(call.cookie(), cookie);
    if (authorization == null) {
      return switch (found) {
        case CookieHeader.Refused(Reason reason) -> new Refused(reason);
        case CookieHeader.None() -> new None();
        case CookieHeader.One(String value) -> new InCookie(value);
      };
    }
    String value = authorization.startsWith("Bearer ") ? authorization.substring(7).strip() : "";
    if (!(found instanceof CookieHeader.None)
        || value.isEmpty()
        || value.length() > CookieHeader.LONGEST) {
      return new Refused(Reason.HEADER_MALFORMED);
    }
    return new InHeader(value);
  }
}
