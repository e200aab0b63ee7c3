package io.parano.policy;

import java.util.Collection;
import java.util.List;

/// HTTP methods as bits. The list is closed so that a misspelt method is a mistake and not a rule
/// that never matches: RFC 9110 section 9, PATCH (RFC 5789), and WebDAV (RFC 4918, 3253, 5323).
final class Methods {
  static final List<String> ALL =
      List.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "DELETE",
          "CONNECT",
          "OPTIONS",
          "TRACE",
          "PATCH",
          "PROPFIND",
          "PROPPATCH",
          "MKCOL",
          "COPY",
          "MOVE",
          "LOCK",
          "UNLOCK",
          "REPORT",
          "SEARCH");

  /// Every method, also one that the list lacks.
  static final long ANY = -1L;

  private static final long UNLISTED = 1L << 63;

  private Methods() {}

  /// The bit of `method` (case-sensitive, RFC 9110 section 9.1).
  static long bit(String method) {
    int at = ALL.indexOf(method);
    return at < 0 ? UNLISTED : 1L << at;
  }

  /// The bits of all of `methods`; none named means any.
  static long bits(Collection<String> methods) {
    return methods.isEmpty()
        ? ANY
        : methods.stream().mapToLong(Methods::bit).reduce(0, (a, b) -> a | b);
  }
}
