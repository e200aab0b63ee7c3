package io.parano.web;

/// Classes of ASCII characters, without locale and without regular expressions.
final class Ascii {
  private Ascii() {}

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean letterOrDigit(char c) {
    return digit(c) || letter(c);
  }

  /// Whether each character is visible: no space, no control, nothing beyond ASCII.
  static boolean visible(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
