package io.parano.web;

/// How a proxy asks: at which call, and in which words it says what it asks about. Every proxy has
/// one, set by the operator; words of another are refused, so that nobody can say the same thing
/// twice and be read both ways.
public enum Dialect {
  /// nginx `auth_request`, and HAProxy with the script that `docs/proxies` gives: `X-Original-URL`
  /// and `X-Original-Method`. The proxy turns 401 into a redirect by itself.
  AUTH_REQUEST,

  /// Traefik `ForwardAuth` and Caddy `forward_auth`: `X-Forwarded-Method`, `-Proto`, `-Host` and
  /// `-Uri`. Whatever is no 2xx goes to the browser as it is.
  FORWARD_AUTH,

  /// Envoy's `ext_authz` over HTTP: the client's own method, host and path, the path behind a
  /// prefix. Whatever is no 200 goes to the browser as it is.
  EXT_AUTHZ,

  /// Envoy's `ext_authz` over gRPC, on a listener of its own: [Listener.Grpc].
  CHECK;

  private static final String CALLS = "/api/authz/";
  private static final String PREFIX = "/api/authz/ext-authz";

  /// As Authelia's first interface had it, for set-ups that come from there.
  private static final String VERIFY = "/api/verify";

  /// Whether `uri` is for proxies that ask, in whatever dialect.
  static boolean anyAskedAt(String uri) {
    return uri.startsWith(CALLS) || at(uri, VERIFY);
  }

  boolean askedAt(String uri) {
    return switch (this) {
      case AUTH_REQUEST -> at(uri, "/api/authz/auth-request") || at(uri, VERIFY);
      case FORWARD_AUTH -> at(uri, "/api/authz/forward-auth") || at(uri, VERIFY);
      case EXT_AUTHZ -> uri.startsWith(PREFIX) && uri.startsWith("/", PREFIX.length());
      case CHECK -> false;
    };
  }

  /// What follows the prefix of [#EXT_AUTHZ]: the path and query that the client asked for.
  static String behindPrefix(String uri) {
    return uri.substring(PREFIX.length());
  }

  private static boolean at(String uri, String path) {
    return uri.startsWith(path)
        && (uri.length() == path.length() || uri.charAt(path.length()) == '?');
  }
}
