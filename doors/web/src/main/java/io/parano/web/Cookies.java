package io.parano.web;

import org.jspecify.annotations.Nullable;

/// How the door's cookies reach browsers.
public sealed interface Cookies {
  String PER_HOST = "__Host-parano";
  String PORTAL = "__Host-parano-portal";
  String SHARED = "__Secure-parano";

  /// The cookie that protected hosts present.
  String host();

  /// The cookie of the sign-in host.
  String portal();

  /// The `Domain` attribute of both; null for none, so that only the very host gets it back.
  @Nullable String domain();

  /// Each protected host has a session and a cookie of its own (`__Host-`, RFC 6265bis section
  /// 4.1.3.2), won by a one-time code: no application can present another's session.
  record PerHost() implements Cookies {
    @Override
    public String host() {
      return PER_HOST;
    }

    @Override
    public String portal() {
      return PORTAL;
    }

    @Override
    public @Nullable String domain() {
      return null;
    }
  }

  /// One cookie for a whole domain, as drop-in set-ups have it. Weaker: every application under the
  /// domain sees a cookie that opens all the others.
  record SharedDomain(String domain) implements Cookies {
    @Override
    public String host() {
      return SHARED;
    }

    @Override
    public String portal() {
      return SHARED;
    }
  }
}
