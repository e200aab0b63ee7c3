package io.parano.web;

import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `Set-Cookie` values. None carries a lifetime: the browser forgets them when it closes, and how
/// long a session lives is ours to know.
final class SetCookie {
  private SetCookie() {}

  /// The portal's cookie is never needed on a navigation from another site: the page's script asks
  /// for it from our own page. So it is `Strict`, and no foreign link or form carries it.
  static String portal(Cookies cookies, Secret bearer) {
    return cookie(cookies.portal(), bearer, cookies.domain() == null ? "Strict" : "Lax", cookies);
  }

  /// An application's cookie must come along when a link from a mail or a chat is followed, or
  /// every such link would go round by the portal. So it is `Lax`.
  static String host(Cookies cookies, Secret bearer) {
    return cookie(cookies.host(), bearer, "Lax", cookies);
  }

  static String clearPortal(Cookies cookies) {
    return cleared(cookies.portal(), cookies);
  }

  static String clearHost(Cookies cookies) {
    return cleared(cookies.host(), cookies);
  }

  /// The secret's characters; what is made of them goes to one place only.
  static String text(Secret secret) {
    byte[] bytes = secret.copy();
    String text = new String(bytes, StandardCharsets.US_ASCII);
    Arrays.fill(bytes, (byte) 0);
    return text;
  }

  private static String cookie(String name, Secret bearer, String sameSite, Cookies cookies) {
    return name
        + "="
        + text(bearer)
        + "; Path=/; Secure; HttpOnly; SameSite="
        + sameSite
        + domain(cookies.domain());
  }

  private static String cleared(String name, Cookies cookies) {
    return name + "=; Path=/; Secure; HttpOnly; Max-Age=0" + domain(cookies.domain());
  }

  private static String domain(@Nullable String domain) {
    return domain == null ? "" : "; Domain=" + domain;
  }
}
