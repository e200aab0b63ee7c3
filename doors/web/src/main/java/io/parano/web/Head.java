package io.parano.web;

import static io.netty.util.AsciiString.contentEqualsIgnoreCase;
import static io.netty.util.AsciiString.regionMatches;

import io.netty.handler.codec.http.HttpHeaders;
import io.parano.kernel.Reason;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The headers of one request that mean anything to the door, found in one pass. A header that
/// something depends on and that comes twice refuses the request, and so does one that only a proxy
/// or we may write, under whatever spelling (`Remote_User` reaches applications as `Remote-User`).
///
/// One head is filled again and again on an event loop, so that reading allocates nothing.
final class Head {
  /// More than any browser and proxy send together; a bound on work, since bytes are bounded
  /// already.
  static final int MOST = 64;

  @Nullable String host;
  @Nullable String cookie;
  @Nullable String origin;
  @Nullable String fetchSite;
  @Nullable String fetchMode;
  @Nullable String contentType;
  @Nullable String contentLength;
  @Nullable String transferEncoding;
  @Nullable String authorization;
  @Nullable String acceptLanguage;
  @Nullable String accept;
  @Nullable String upgrade;
  @Nullable String proxy;
  @Nullable String originalUrl;
  @Nullable String originalMethod;
  @Nullable String originalUpgrade;
  @Nullable String forwardedFor;
  @Nullable String forwardedHost;
  @Nullable String forwardedProto;
  @Nullable String forwardedUri;
  @Nullable String forwardedMethod;
  @Nullable String methodOverride;
  @Nullable String requestedWith;

  /// Read only where it is a believed proxy's own word: [Believed#trace].
  @Nullable String traceparent;

  /// Whether the client began the handshake of a WebSocket.
  boolean webSocket;

  /// Why the request is refused for its headers alone; null when it isn't.
  @Nullable Reason refusal;

  /// The name of the header that caused [#refusal]; null for none in particular.
  @Nullable String offender;

  private int count;

  void read(MultiMap headers) {
    begin();
    // Vert.x's headers are Netty's, whose iterator copies nothing.
    Iterator<Map.Entry<CharSequence, CharSequence>> entries =
        ((HttpHeaders) headers).iteratorCharSequence();
    while (entries.hasNext() && refusal == null) {
      Map.Entry<CharSequence, CharSequence> entry = entries.next();
      add(entry.getKey(), entry.getValue());
    }
  }

  /// Takes one more header, unless one before it refused the request already.
  void add(CharSequence name, CharSequence value) {
    if (refusal != null) {
      return;
    }
    if (++count > MOST) {
      refusal = Reason.REQUEST_TOO_LARGE;
    } else {
      take(name, value);
    }
  }

  /// Whether a body is announced.
  boolean bodied() {
    return transferEncoding != null || (contentLength != null && !contentLength.equals("0"));
  }

  private void take(CharSequence name, CharSequence value) {
    switch (name.charAt(0) | 0x20) {
      case 'a' -> {
        if (is(name, "accept")) {
          accept = value.toString();
        } else if (is(name, "accept-language")) {
          acceptLanguage = value.toString();
        } else if (is(name, "authorization")) {
          authorization = once(authorization, name, value);
        }
      }
      case 'c' -> {
        if (is(name, "cookie")) {
          cookie = once(cookie, name, value);
        } else if (is(name, "content-length")) {
          contentLength = once(contentLength, name, value);
        } else if (is(name, "content-type")) {
          contentType = once(contentType, name, value);
        }
      }
      case 'f' -> {
        if (is(name, "forwarded")) {
          forged(name);
        }
      }
      case 'h' -> {
        if (is(name, "host")) {
          host = once(host, name, value);
        }
      }
      case 'o' -> {
        if (is(name, "origin")) {
          origin = once(origin, name, value);
        }
      }
      case 'p' -> {
        if (is(name, "parano-proxy")) {
          proxy = once(proxy, name, value);
        } else if (starts(name, "parano")) {
          forged(name);
        }
      }
      case 'r' -> {
        if (starts(name, "remote-") || starts(name, "remote_")) {
          forged(name);
        }
      }
      case 's' -> {
        if (is(name, "sec-fetch-site")) {
          fetchSite = once(fetchSite, name, value);
        } else if (is(name, "sec-fetch-mode")) {
          fetchMode = once(fetchMode, name, value);
        } else if (starts(name, "sec-websocket-")) {
          webSocket = true;
        }
      }
      case 't' -> {
        if (is(name, "transfer-encoding")) {
          transferEncoding = once(transferEncoding, name, value);
        } else if (is(name, "traceparent")) {
          // Twice is none: nothing depends on it.
          traceparent = traceparent == null ? value.toString() : "";
        }
      }
      case 'u' -> {
        if (is(name, "upgrade")) {
          upgrade = once(upgrade, name, value);
        }
      }
      case 'x' -> takeExtension(name, value);
      default -> {}
    }
  }

  private void takeExtension(CharSequence name, CharSequence value) {
    if (starts(name, "x-original-")) {
      takeOriginal(name, value);
    } else if (starts(name, "x-forwarded-")) {
      takeForwarded(name, value);
    } else if (is(name, "x-http-method-override")
        || is(name, "x-http-method")
        || is(name, "x-method-override")) {
      methodOverride = once(methodOverride, name, value);
    } else if (is(name, "x-requested-with")) {
      requestedWith = value.toString();
    } else if (starts(name, "x-auth-request-") || is(name, "x-rewrite-url") || misspelled(name)) {
      forged(name);
    }
  }

  /// With underscores, which gateways after CGI can't tell from dashes (RFC 3875 section 4.1.18).
  private static boolean misspelled(CharSequence name) {
    return starts(name, "x-forwarded_")
        || starts(name, "x-original_")
        || starts(name, "x_forwarded")
        || starts(name, "x_original")
        || starts(name, "x_auth")
        || starts(name, "x_rewrite")
        || starts(name, "x-auth_")
        || starts(name, "x_http_method");
  }

  private void takeOriginal(CharSequence name, CharSequence value) {
    if (is(name, "x-original-url")) {
      originalUrl = once(originalUrl, name, value);
    } else if (is(name, "x-original-method")) {
      originalMethod = once(originalMethod, name, value);
    } else if (is(name, "x-original-upgrade")) {
      originalUpgrade = once(originalUpgrade, name, value);
    }
  }

  private void takeForwarded(CharSequence name, CharSequence value) {
    if (is(name, "x-forwarded-for")) {
      forwardedFor = once(forwardedFor, name, value);
    } else if (is(name, "x-forwarded-host")) {
      forwardedHost = once(forwardedHost, name, value);
    } else if (is(name, "x-forwarded-proto")) {
      forwardedProto = once(forwardedProto, name, value);
    } else if (is(name, "x-forwarded-uri")) {
      forwardedUri = once(forwardedUri, name, value);
    } else if (is(name, "x-forwarded-method")) {
      forwardedMethod = once(forwardedMethod, name, value);
    } else if (is(name, "x-forwarded-user")
        || is(name, "x-forwarded-email")
        || is(name, "x-forwarded-groups")
        || is(name, "x-forwarded-preferred-username")
        || is(name, "x-forwarded-access-token")) {
      forged(name);
    }
  }

  private String once(@Nullable String before, CharSequence name, CharSequence value) {
    if (before != null) {
      refusal = Reason.HEADER_DUPLICATED;
      offender = name.toString();
    }
    return value.toString();
  }

  private void forged(CharSequence name) {
    refusal = Reason.HEADER_FORGED;
    offender = name.toString();
  }

  private static boolean is(CharSequence name, String expected) {
    return name.length() == expected.length() && contentEqualsIgnoreCase(name, expected);
  }

  private static boolean starts(CharSequence name, String prefix) {
    return regionMatches(name, true, 0, prefix, 0, prefix.length());
  }

  /// Forgets the request before.
  void begin() {
    count = 0;
    host = null;
    cookie = null;
    origin = null;
    fetchSite = null;
    fetchMode = null;
    contentType = null;
    contentLength = null;
    transferEncoding = null;
    authorization = null;
    acceptLanguage = null;
    accept = null;
    upgrade = null;
    proxy = null;
    originalUrl = null;
    originalMethod = null;
    originalUpgrade = null;
    forwardedFor = null;
    forwardedHost = null;
    forwardedProto = null;
    forwardedUri = null;
    forwardedMethod = null;
    methodOverride = null;
    requestedWith = null;
    traceparent = null;
    webSocket = false;
    refusal = null;
    offender = null;
  }
}
