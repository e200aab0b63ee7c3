package io.parano.identity;

/// Text that officers read before they sign it, and that reaches applications in a header: nothing
/// in it may hide, turn the line round, or end it.
final class Legible {
  private Legible() {}

  /// Returns `text`, or throws [IllegalArgumentException] saying what was expected.
  static String line(String what, String text, int longest) {
    if (!isLine(text, longest)) {
      throw new IllegalArgumentException(
          "expected %s of 1 to %d visible characters with no space at either end, found \"%s\""
              .formatted(what, longest, text));
    }
    return text;
  }

  static boolean isLine(String text, int longest) {
    return !text.isBlank()
        && text.strip().equals(text)
        && text.length() <= longest
        && text.codePoints().allMatch(Legible::shows);
  }

  /// A group's name; the comma separates groups in the header that applications get.
  static String group(String group) {
    if (group.indexOf(',') >= 0) {
      throw new IllegalArgumentException("expected a group without comma, found \"" + group + "\"");
    }
    return line("a group", group, 128);
  }

  /// As policies name zones.
  static String zone(String zone) {
    if (!zone.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
      throw new IllegalArgumentException("expected a zone's name, found \"" + zone + "\"");
    }
    return zone;
  }

  /// As people write addresses: one at sign with something on either side, nothing that could make
  /// two of it.
  static String email(String email) {
    int at = email.indexOf('@');
    if (at < 1
        || at != email.lastIndexOf('@')
        || at == email.length() - 1
        || email.codePoints().anyMatch(c -> Character.isSpaceChar(c) || "<>,;\"".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "expected a mail address such as marie@example.com, found \"" + email + "\"");
    }
    return line("a mail address", email, 254);
  }

  /// Format characters are refused for their bidirectional overrides (Unicode TR 36 section 2.8),
  /// lone surrogates since they become question marks in what is signed.
  private static boolean shows(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
