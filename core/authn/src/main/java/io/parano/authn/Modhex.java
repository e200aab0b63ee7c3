package io.parano.authn;

import java.util.Locale;

/// Modhex: hexadecimal in sixteen letters that lie under the same keys of most keyboard layouts
/// (Yubico, "Modhex"), high nibble first.
final class Modhex {
  static final String LETTERS = "cbdefghijklnrtuv";

  /// What the same keys write under the Dvorak layout, in the same order.
  private static final String DVORAK = "jxe.uidchtnbpygk";

  private Modhex() {}

  static String write(byte[] bytes) {
    StringBuilder out = new StringBuilder(2 * bytes.length);
    for (byte b : bytes) {
      out.append(LETTERS.charAt((b >> 4) & 15)).append(LETTERS.charAt(b & 15));
    }
    return out.toString();
  }

  /// The bytes that `text` says; it must be [#written] and of even length.
  static byte[] read(String text) {
    byte[] bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = LETTERS.indexOf(text.charAt(2 * i));
      int low = LETTERS.indexOf(text.charAt(2 * i + 1));
      bytes[i] = (byte) ((high << 4) | low);
    }
    return bytes;
  }

  static boolean written(String text) {
    return text.chars().allMatch(c -> LETTERS.indexOf(c) >= 0);
  }

  /// `typed` in lower case, and put back from Dvorak when it is Dvorak. Twelve letters belong to
  /// both spellings: what is Modhex as it stands is never translated, or one code in ten thousand
  /// would be.
  static String retyped(String typed) {
    if (typed.chars().anyMatch(c -> c > 0x7f)) {
      // In lower case, some letters from far away would be ours.
      return typed;
    }
    String text = typed.toLowerCase(Locale.ROOT);
    if (written(text) || !text.chars().allMatch(c -> DVORAK.indexOf(c) >= 0)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.chars().forEach(c -> out.append(LETTERS.charAt(DVORAK.indexOf(c))));
    return out.toString();
  }
}
