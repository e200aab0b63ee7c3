package io.parano.web;

import io.parano.kernel.Reason;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/// What a proxy asks about, read from its own dialect's headers alone.
sealed interface Asked {
  record Refused(Reason reason, String detail) implements Asked {}

  /// @param url absolute; [AskedUrl] judges it
  /// @param upgrade whether the connection is to become something else than HTTP
  /// @param shown whether a browser shows our answer as a page, so that it can be led elsewhere
  record About(String url, String method, boolean upgrade, boolean shown) implements Asked {}

  /// @param own the method of the proxy's call
  /// @param uri what the proxy calls
  static Asked read(Dialect dialect, HttpMethod own, String uri, Head head) {
    if (!dialect.askedAt(uri)) {
      return new Refused(Reason.REQUEST_MALFORMED, dialect + " asked at " + uri);
    }
    boolean reads = own.equals(HttpMethod.GET) || own.equals(HttpMethod.HEAD);
    if (head.bodied() || !(reads || dialect == Dialect.EXT_AUTHZ)) {
      return new Refused(Reason.REQUEST_MALFORMED, "forward-auth with a method or a body");
    }
    return switch (dialect) {
      case AUTH_REQUEST -> authRequest(head);
      case FORWARD_AUTH -> forwardAuth(head);
      case EXT_AUTHZ -> extAuthz(own.name(), Dialect.behindPrefix(uri), head);
      case CHECK -> new Refused(Reason.REQUEST_MALFORMED, "no such call over HTTP");
    };
  }

  private static Asked authRequest(Head head) {
    if (head.forwardedUri != null || head.forwardedMethod != null) {
      return new Refused(Reason.HEADER_FORGED, "X-Forwarded-Uri or -Method before AUTH_REQUEST");
    }
    String url = head.originalUrl;
    String method = head.originalMethod;
    if (url == null || method == null || !token(method)) {
      return new Refused(Reason.HEADER_MALFORMED, "X-Original-URL or X-Original-Method");
    }
    return new About(url, method, upgrade(head, method), false);
  }

  private static Asked forwardAuth(Head head) {
    if (original(head)) {
      return new Refused(Reason.HEADER_FORGED, "X-Original- before FORWARD_AUTH");
    }
    String method = head.forwardedMethod;
    if (method == null || !token(method)) {
      return new Refused(Reason.HEADER_MALFORMED, "X-Forwarded-Method");
    }
    boolean upgrade = upgrade(head, method);
    String scheme = scheme(head.forwardedProto, upgrade);
    return about(scheme, head.forwardedHost, head.forwardedUri, method, upgrade, head);
  }

  private static Asked extAuthz(String method, String target, Head head) {
    Refused foreign = foreignToEnvoy(head);
    if (foreign != null) {
      return foreign;
    }
    if (!token(method)) {
      return new Refused(Reason.HEADER_MALFORMED, "method");
    }
    boolean upgrade = upgrade(head, method);
    return about(scheme(head.forwardedProto, upgrade), head.host, target, method, upgrade, head);
  }

  /// As Envoy says it in the message of a check.
  static Asked check(CheckRequest.Read check, Head head) {
    Refused foreign = foreignToEnvoy(head);
    if (foreign != null) {
      return foreign;
    }
    String method = check.method();
    if (method == null || !token(method)) {
      return new Refused(Reason.HEADER_MALFORMED, "method");
    }
    boolean upgrade = upgrade(head, method);
    String scheme = scheme(check.scheme(), upgrade);
    return about(scheme, check.host(), check.path(), method, upgrade, head);
  }

  /// The parts are put together only when none can reach into the next.
  private static Asked about(
      @Nullable String scheme,
      @Nullable String host,
      @Nullable String target,
      String method,
      boolean upgrade,
      Head head) {
    if (scheme == null
        || host == null
        || host.indexOf('/') >= 0
        || target == null
        || !target.startsWith("/")) {
      return new Refused(
          Reason.HEADER_MALFORMED, "X-Forwarded-Proto, the host or the path of what is asked");
    }
    return new About(scheme + "://" + host + target, method, upgrade, shown(head));
  }

  /// Proxies that speak of WebSockets as of a scheme of their own mean the same origin.
  private static @Nullable String scheme(@Nullable String said, boolean upgrade) {
    if (said == null) {
      return null;
    }
    return switch (said) {
      case "https", "http" -> said;
      case "wss" -> upgrade ? "https" : null;
      case "ws" -> upgrade ? "http" : null;
      default -> null;
    };
  }

  /// Proxies in Go drop `Upgrade`, which belongs to one hop, but not the rest of the handshake (RFC
  /// 6455 section 4.1). Over HTTP/2 it begins with CONNECT (RFC 8441).
  private static boolean upgrade(Head head, String method) {
    return some(head.originalUpgrade)
        || some(head.upgrade)
        || head.webSocket
        || method.equals("CONNECT");
  }

  /// A person who goes somewhere, and no script that fetches: browsers say so (Fetch Metadata
  /// section 2.2), older ones and programs only whether they would read a page.
  private static boolean shown(Head head) {
    if (head.fetchMode != null) {
      return head.fetchMode.equals("navigate");
    }
    return head.requestedWith == null && head.accept != null && head.accept.contains("text/html");
  }

  private static @Nullable Refused foreignToEnvoy(Head head) {
    boolean foreign =
        original(head)
            || head.forwardedHost != null
            || head.forwardedUri != null
            || head.forwardedMethod != null;
    return foreign
        ? new Refused(Reason.HEADER_FORGED, "X-Original- or X-Forwarded-Host, -Uri, -Method")
        : null;
  }

  private static boolean original(Head head) {
    return head.originalUrl != null || head.originalMethod != null || head.originalUpgrade != null;
  }

  private static boolean some(@Nullable String value) {
    return value != null && !value.isBlank();
  }

  /// RFC 9110 section 5.6.2, in the letters that methods have.
  private static boolean token(String method) {
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      if (!Ascii.letter(c) && c != '-' && c != '_') {
        return false;
      }
    }
    return !method.isEmpty() && method.length() <= 32;
  }
}
