package io.parano.web;

import org.jspecify.annotations.Nullable;

/// What other headers say that the proxy's own words deny. The application would believe one and we
/// the other.
final class Contradiction {
  private Contradiction() {}

  /// The header that contradicts; null for none.
  static @Nullable String of(Head head, Dialect dialect, Site site, Asked.About about) {
    if (head.methodOverride != null && !head.methodOverride.equalsIgnoreCase(about.method())) {
      return "method override " + head.methodOverride;
    }
    return switch (dialect) {
      case AUTH_REQUEST, CHECK -> beside(head, site);
      // There the same headers are the proxy's own words.
      case FORWARD_AUTH, EXT_AUTHZ -> null;
    };
  }

  private static @Nullable String beside(Head head, Site site) {
    if (head.forwardedHost != null && !sameHost(head.forwardedHost, site)) {
      return "X-Forwarded-Host " + head.forwardedHost;
    }
    if (head.forwardedProto != null && !head.forwardedProto.equals(site.scheme())) {
      return "X-Forwarded-Proto " + head.forwardedProto;
    }
    return null;
  }

  private static boolean sameHost(String said, Site site) {
    int length = site.host().length();
    return said.regionMatches(true, 0, site.host(), 0, length)
        && (said.length() == length || said.substring(length).equals(":" + site.port()));
  }
}
