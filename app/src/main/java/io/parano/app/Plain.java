package io.parano.app;

/// Text from elsewhere as a terminal may show it: whatever could move the cursor, change colours or
/// turn the direction of reading is written out. The log holds what strangers sent.
final class Plain {
  private Plain() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (harmless(c)) {
        out.append(c);
      } else {
        out.append(escape(c));
      }
    }
    return out.toString();
  }

  /// As [#of], line by line.
  static String lines(String text) {
    return String.join("\n", text.lines().map(Plain::of).toList());
  }

  /// Controls (C0, DEL, C1), line separators, and what turns the direction (Unicode UAX 9).
  static boolean harmless(char c) {
    return c >= 0x20
        && !(c >= 0x7f && c <= 0x9f)
        && c != 0x61c
        && !(c >= 0x200e && c <= 0x200f)
        && !(c >= 0x2028 && c <= 0x202e)
        && !(c >= 0x2066 && c <= 0x2069);
  }

  static String escape(char c) {
    return "\\u%04x".formatted((int) c);
  }
}
