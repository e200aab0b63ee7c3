package io.parano.web;

import io.parano.kernel.Reason;
import org.jspecify.annotations.Nullable;

/// One cookie by name out of a `Cookie` header (RFC 6265 section 4.2.1), found without splitting
/// the header.
sealed interface CookieHeader {
  record None() implements CookieHeader {}

  record Refused(Reason reason) implements CookieHeader {}

  record One(String value) implements CookieHeader {}

  None NONE = new None();
  Refused TWICE = new Refused(Reason.HEADER_DUPLICATED);
  Refused MALFORMED = new Refused(Reason.HEADER_MALFORMED);

  /// Longer than anything we set.
  int LONGEST = 128;

  /// The letters of base64url. Looked up, since a processor that guesses how each letter of a
  /// random value compares guesses wrong.
  boolean[] OURS = ours();

  private static boolean[] ours() {
    boolean[] ours = new boolean[128];
    for (char c = '-'; c <= 'z'; c++) {
      ours[c] = Ascii.letterOrDigit(c) || c == '-' || c == '_';
    }
    return ours;
  }

  /// A name that comes twice is refused: a foreign cookie planted from a sibling host would
  /// otherwise compete with ours, and which one wins depends on who reads.
  static CookieHeader find(@Nullable String header, String name) {
    if (header == null) {
      return NONE;
    }
    int found = -1;
    int end = -1;
    int at = 0;
    while (at < header.length()) {
      int stop = header.indexOf(';', at);
      stop = stop < 0 ? header.length() : stop;
      int from = at;
      while (from < stop && blank(header.charAt(from))) {
        from++;
      }
      int value = from + name.length();
      if (header.startsWith(name, from) && value < stop && header.charAt(value) == '=') {
        if (found >= 0) {
          return TWICE;
        }
        found = value + 1;
        end = stop;
      }
      at = stop + 1;
    }
    return found < 0 ? NONE : value(header, found, end);
  }

  private static CookieHeader value(String header, int from, int to) {
    int end = to;
    while (end > from && blank(header.charAt(end - 1))) {
      end--;
    }
    if (end - from > LONGEST) {
      return MALFORMED;
    }
    for (int i = from; i < end; i++) {
      char c = header.charAt(i);
      if (c >= 128 || !OURS[c]) {
        return MALFORMED;
      }
    }
    return end == from ? NONE : new One(header.substring(from, end));
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }
}
