package io.parano.audit;

/// Non-negative numbers as C2SP writes them: ASCII digits without leading zeros.
final class Decimal {
  private Decimal() {}

  static long read(String text) {
    boolean wellFormed = !text.isEmpty() && text.length() <= 19;
    for (int i = 0; i < text.length(); i++) {
      wellFormed &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!wellFormed || (text.length() > 1 && text.charAt(0) == '0')) {
      throw malformed(text);
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw malformed(text);
    }
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "expected a number without sign and leading zeros, found \"" + text + "\"");
  }
}
