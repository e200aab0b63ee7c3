package io.parano.web;

import io.parano.kernel.Reason;
import io.parano.web.WebConfig.ProtectedHost;
import java.util.Locale;
import java.util.Map;

/// The URL that a proxy asks about (`X-Original-URL`), read strictly: what two parsers could read
/// in two ways is refused, so that the path which is judged is the path which the application sees.
sealed interface AskedUrl {
  record Refused(Reason reason) implements AskedUrl {}

  /// @param path decoded, absolute, without dot segments
  record Read(ProtectedHost host, String path) implements AskedUrl {}

  Refused MALFORMED = new Refused(Reason.HEADER_MALFORMED);
  Refused FOREIGN = new Refused(Reason.PROXY_FOREIGN_HOST);
  Refused AMBIGUOUS = new Refused(Reason.PATH_AMBIGUOUS);

  /// @param hosts the hosts that the asking proxy speaks for
  static AskedUrl read(String url, Map<String, ProtectedHost> hosts) {
    int start = url.startsWith("https://") ? 8 : url.startsWith("http://") ? 7 : -1;
    if (start < 0) {
      return MALFORMED;
    }
    int slash = url.indexOf('/', start);
    if (slash < 0) {
      return MALFORMED;
    }
    int colon = portColon(url, start, slash);
    String name = url.substring(start, colon);
    ProtectedHost host = hosts.get(name);
    if (host == null) {
      host = hosts.get(name.toLowerCase(Locale.ROOT));
    }
    if (host == null) {
      return wellFormed(name) ? FOREIGN : MALFORMED;
    }
    Site site = host.site();
    boolean secure = start == 8;
    int port = colon == slash ? (secure ? 443 : 80) : port(url, colon + 1, slash);
    if (port < 0) {
      return MALFORMED;
    }
    if (site.secure() != secure || site.port() != port) {
      return FOREIGN;
    }
    int end = target(url, slash);
    if (end < 0) {
      return AMBIGUOUS;
    }
    return switch (PlainPath.read(url, slash, end)) {
      case PlainPath.Ambiguous() -> AMBIGUOUS;
      case PlainPath.Plain(String path) -> new Read(host, path);
    };
  }

  /// Where the path ends; -1 when the rest holds a character that no URL has.
  private static int target(String url, int from) {
    int end = -1;
    for (int i = from; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return -1;
      }
      if (c == '?' && end < 0) {
        end = i;
      }
    }
    return end < 0 ? url.length() : end;
  }

  /// Where the host ends: at the colon before the port, or at `slash`.
  private static int portColon(String url, int start, int slash) {
    int from = url.charAt(start) == '[' ? url.indexOf(']', start) : start;
    int colon = from < 0 ? -1 : url.indexOf(':', from);
    return colon < 0 || colon > slash ? slash : colon;
  }

  private static int port(String url, int from, int to) {
    if (from == to || to - from > 5) {
      return -1;
    }
    int port = 0;
    for (int i = from; i < to; i++) {
      int digit = url.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      port = port * 10 + digit;
    }
    return port;
  }

  /// Whether it could be a host at all: user names, spaces and the like say that it is something
  /// else.
  private static boolean wellFormed(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Ascii.letterOrDigit(c) && ".-_[]:".indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
