package io.parano.access;

import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;

/// The one-time code that an officer hands to a person: ten characters of 5 random bits (50 bits;
/// NIST SP 800-63B-4 asks for 40 beside an identifier), from an alphabet without look-alikes.
final class EnrolmentCode {
  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int LENGTH = 10;

  private EnrolmentCode() {}

  static Secret random(Randomness randomness) {
    StringBuilder code = new StringBuilder(LENGTH);
    while (code.length() < LENGTH) {
      int drawn = randomness.bytes(1)[0] & 31;
      if (drawn < ALPHABET.length()) {
        code.append(ALPHABET.charAt(drawn));
      }
    }
    return Secret.ofText(code);
  }

  /// What a person typed, as it was issued: lower case, without the spaces and hyphens that people
  /// put in.
  static Secret typed(String text) {
    return Secret.ofText(text.replaceAll("[\\s-]", "").toLowerCase(java.util.Locale.ROOT));
  }
}
