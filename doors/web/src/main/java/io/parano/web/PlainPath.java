package io.parano.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// A path that has one reading. Refused are: dot segments, empty segments, path parameters (`;`),
/// back slashes, encoded slashes, percent signs and control characters, broken percent codes, and
/// UTF-8 that is not well-formed (overlong forms among it, RFC 3629 section 3). Browsers send none
/// of these, and proxies and applications disagree about each of them.
sealed interface PlainPath {
  record Ambiguous() implements PlainPath {}

  /// @param path percent codes decoded
  record Plain(String path) implements PlainPath {}

  Ambiguous AMBIGUOUS = new Ambiguous();

  /// Reads `text` from `from`, where a slash is expected, to `to`.
  static PlainPath read(String text, int from, int to) {
    if (from >= to || text.charAt(from) != '/') {
      return AMBIGUOUS;
    }
    int segment = from + 1;
    for (int i = segment; i < to; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        return decoded(text, from, to);
      }
      if (c == '/') {
        if (odd(text, segment, i) || i == segment) {
          return AMBIGUOUS;
        }
        segment = i + 1;
      } else if (c >= 128 || !PLAIN[c]) {
        return AMBIGUOUS;
      }
    }
    return odd(text, segment, to) ? AMBIGUOUS : new Plain(text.substring(from, to));
  }

  /// Whether `path` can have come out of [#read].
  static boolean settled(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\' || c == '%' || c == ';') {
        return false;
      }
    }
    return path.startsWith("/") && segmented(path);
  }

  /// RFC 3986 section 3.3 without `;`, and what browsers leave as it is (URL Standard, path
  /// percent-encode set).
  boolean[] PLAIN = plain();

  private static boolean[] plain() {
    boolean[] plain = new boolean[128];
    for (char c = '0'; c <= 'z'; c++) {
      plain[c] = Ascii.letterOrDigit(c);
    }
    for (char c : "-._~!$&'()*+,=:@|[]^".toCharArray()) {
      plain[c] = true;
    }
    return plain;
  }

  /// Whether the segment is `.` or `..`.
  private static boolean odd(CharSequence text, int from, int to) {
    int length = to - from;
    return length > 0 && length <= 2 && text.charAt(from) == '.' && text.charAt(to - 1) == '.';
  }

  private static PlainPath decoded(String text, int from, int to) {
    ByteBuffer bytes = ByteBuffer.allocate(to - from);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int octet = i + 2 < to ? Percent.octet(text, i + 1) : -1;
        if (octet < 0x20 || octet == 0x7f || "/\\%;".indexOf(octet) >= 0) {
          return AMBIGUOUS;
        }
        bytes.put((byte) octet);
        i += 2;
      } else if (c == '/' || (c < 128 && PLAIN[c])) {
        bytes.put((byte) c);
      } else {
        return AMBIGUOUS;
      }
    }
    CharBuffer path;
    try {
      path =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(bytes.flip());
    } catch (CharacterCodingException e) {
      return AMBIGUOUS;
    }
    return segmented(path) ? new Plain(path.toString()) : AMBIGUOUS;
  }

  /// Whether no segment is empty (but the last) or made of dots, and no character is a control.
  private static boolean segmented(CharSequence path) {
    int segment = 1;
    for (int i = 1; i <= path.length(); i++) {
      boolean end = i == path.length();
      if (end || path.charAt(i) == '/') {
        if (odd(path, segment, i) || (i == segment && !end)) {
          return false;
        }
        segment = i + 1;
      } else if (Character.isISOControl(path.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
