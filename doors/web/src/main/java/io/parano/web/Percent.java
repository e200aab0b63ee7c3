package io.parano.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Percent codes (RFC 3986 section 2.1).
final class Percent {
  private static final String HEX = "0123456789ABCDEF";

  private Percent() {}

  /// The octet that the two digits at `at` say; -1 when they are no hexadecimal digits.
  static int octet(String text, int at) {
    int high = digit(text.charAt(at));
    int low = digit(text.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /// Encodes all but the unreserved characters.
  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() * 3 / 2);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (Ascii.letterOrDigit(c) || "-._~".indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }

  /// Decodes a part of a query, where `+` is a space; null when it is no well-formed UTF-8 or holds
  /// a control character.
  static @Nullable String decode(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int octet = c == '+' ? ' ' : c;
      if (c == '%') {
        octet = i + 2 < text.length() ? octet(text, i + 1) : -1;
        i += 2;
      }
      if (octet < 0x20 || octet == 0x7f || c >= 0x7f) {
        return null;
      }
      bytes.put((byte) octet);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int digit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
