package io.parano.access;

import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What somebody typed into the one field that a VPN client has.
sealed interface TypedFactors {
  /// Public id and block of a token as it leaves the factory. Who has one with a public id of
  /// another length is asked for each alone.
  int OTP_LENGTH = 44;

  String MODHEX = "cbdefghijklnrtuv";

  /// @param password the caller's to wipe
  record Password(Secret password) implements TypedFactors {}

  /// The password, and right behind it the one-time password.
  record Both(Secret password, String otp) implements TypedFactors {}

  /// Takes the last 44 letters for a one-time password when they are all of its alphabet.
  static TypedFactors of(Secret typed) {
    byte[] bytes = typed.copy();
    try {
      int from = bytes.length - OTP_LENGTH;
      if (from < 0) {
        return new Password(Secret.of(bytes));
      }
      for (int i = from; i < bytes.length; i++) {
        if (MODHEX.indexOf(Character.toLowerCase(bytes[i] & 0xff)) < 0) {
          return new Password(Secret.of(bytes));
        }
      }
      byte[] password = Arrays.copyOf(bytes, from);
      String otp = new String(bytes, from, OTP_LENGTH, StandardCharsets.US_ASCII);
      Both both = new Both(Secret.of(password), otp);
      Arrays.fill(password, (byte) 0);
      return both;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// Whether it could be a one-time password alone: a block of 32 letters of their alphabet, and a
  /// public id before it.
  static boolean looksLikeOtp(String typed) {
    return typed.length() >= 32
        && typed.chars().allMatch(letter -> MODHEX.indexOf(Character.toLowerCase(letter)) >= 0);
  }

  /// The one-time password alone, as it was asked for.
  static String otp(Secret typed) {
    byte[] bytes = typed.copy();
    String otp = new String(bytes, StandardCharsets.ISO_8859_1).strip();
    Arrays.fill(bytes, (byte) 0);
    return otp;
  }
}
