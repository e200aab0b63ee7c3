package io.parano.audit;

import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/// Writes the bytes of [io.parano.kernel.Canonical] without its map and strings, for whoever
/// already names the keys in order. It runs once per durable entry.
final class JsonBytes {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes;
  private int length;

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /// Text that is JSON already, ASCII only.
  JsonBytes raw(String ascii) {
    reserve(ascii.length());
    byte[] into = bytes;
    int start = length;
    for (int i = 0; i < ascii.length(); i++) {
      into[start + i] = (byte) ascii.charAt(i);
    }
    length = start + ascii.length();
    return this;
  }

  JsonBytes number(long value) {
    return raw(Long.toString(value));
  }

  JsonBytes uuid(UUID value) {
    reserve(38);
    bytes[length++] = '"';
    hex(value.getMostSignificantBits() >>> 32, 8);
    bytes[length++] = '-';
    hex(value.getMostSignificantBits() >>> 16, 4);
    bytes[length++] = '-';
    hex(value.getMostSignificantBits(), 4);
    bytes[length++] = '-';
    hex(value.getLeastSignificantBits() >>> 48, 4);
    bytes[length++] = '-';
    hex(value.getLeastSignificantBits(), 12);
    bytes[length++] = '"';
    return this;
  }

  JsonBytes map(Map<String, String> sorted) {
    raw("{");
    boolean first = true;
    for (Map.Entry<String, String> member : sorted.entrySet()) {
      if (!first) {
        raw(",");
      }
      first = false;
      string(member.getKey()).raw(":").string(member.getValue());
    }
    return raw("}");
  }

  JsonBytes string(String text) {
    // At most six bytes per char: an escaped control character.
    reserve(text.length() * 6 + 2);
    bytes[length++] = '"';
    int plain = plain(text);
    for (int i = plain; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isEscaped(c)) {
        escape(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        utf8(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        // A lone surrogate has no UTF-8; the platform's own encoder writes a question mark too.
        utf8(Character.isSurrogate(c) ? '?' : c);
      }
    }
    bytes[length++] = '"';
    return this;
  }

  // Writes what stands before the first character that is more than one byte or escaped, which is
  // most often all of it, and tells how much that was.
  private int plain(String text) {
    byte[] into = bytes;
    int start = length;
    int i = 0;
    while (i < text.length() && text.charAt(i) < 0x80 && !isEscaped(text.charAt(i))) {
      into[start + i] = (byte) text.charAt(i);
      i++;
    }
    length = start + i;
    return i;
  }

  private static boolean isEscaped(char c) {
    return c < 0x20 || c == '"' || c == '\\';
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void escape(char c) {
    bytes[length++] = '\\';
    switch (c) {
      case '\b' -> bytes[length++] = 'b';
      case '\f' -> bytes[length++] = 'f';
      case '\n' -> bytes[length++] = 'n';
      case '\r' -> bytes[length++] = 'r';
      case '\t' -> bytes[length++] = 't';
      case '"', '\\' -> bytes[length++] = (byte) c;
      default -> {
        bytes[length++] = 'u';
        hex(c, 4);
      }
    }
  }

  private void utf8(int point) {
    if (point < 0x80) {
      bytes[length++] = (byte) point;
    } else if (point < 0x800) {
      bytes[length++] = (byte) (0xc0 | point >> 6);
      continuation(point);
    } else if (point < 0x10000) {
      bytes[length++] = (byte) (0xe0 | point >> 12);
      continuation(point >> 6);
      continuation(point);
    } else {
      bytes[length++] = (byte) (0xf0 | point >> 18);
      continuation(point >> 12);
      continuation(point >> 6);
      continuation(point);
    }
  }

  private void continuation(int bits) {
    bytes[length++] = (byte) (0x80 | (bits & 0x3f));
  }

  private void hex(long bits, int digits) {
    for (int shift = 4 * digits - 4; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (bits >>> shift) & 15];
    }
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
