package io.parano.web;

import io.parano.kernel.Reason;
import org.jspecify.annotations.Nullable;

/// Whether a call that changes something was made by our own page. A foreign page can make a
/// browser send our cookie, but neither our `Origin` (RFC 6454 section 7, on every POST) nor
/// `Sec-Fetch-Site: same-origin` (Fetch Metadata), nor JSON without asking first.
final class SameOrigin {
  private SameOrigin() {}

  /// Why the call is refused; null when it is our own.
  static @Nullable Reason refusal(Call call) {
    if (call.fetchSite() != null && !call.fetchSite().equals("same-origin")) {
      return Reason.FORM_FORGED;
    }
    return call.place().site().toString().equals(call.origin()) ? null : Reason.FORM_FORGED;
  }

  /// Why the body isn't read; null when it says that it is JSON.
  static @Nullable Reason notJson(Call call) {
    String type = call.contentType();
    boolean json =
        type != null
            && (type.equalsIgnoreCase("application/json")
                || type.replace(" ", "").equalsIgnoreCase("application/json;charset=utf-8"));
    return json ? null : Reason.REQUEST_MALFORMED;
  }
}
