package io.parano.authn;

import io.parano.kernel.Secret;
import java.util.Arrays;

/// A deciphered block, taken apart (Yubico, "Yubico OTP"; all numbers low byte first).
///
/// @param usage how often the token was powered up and used, 15 bits: old tokens say in the 16th
///   whether caps lock was on
/// @param session how many passwords it made since it was powered up
/// @param timestamp 24 bits at about 8 Hz from a random start
record OtpFields(Secret privateId, int usage, int session, int timestamp, int crc) {
  private static final int USAGE_BITS = 0x7fff;

  static OtpFields of(byte[] block) {
    byte[] id = Arrays.copyOf(block, OtpSeed.PRIVATE_ID_LENGTH);
    OtpFields fields =
        new OtpFields(
            Secret.of(id),
            number(block, 6, 2) & USAGE_BITS,
            number(block, 11, 1),
            number(block, 8, 3),
            Crc16.of(block));
    Arrays.fill(id, (byte) 0);
    return fields;
  }

  private static int number(byte[] block, int from, int length) {
    int number = 0;
    for (int i = length - 1; i >= 0; i--) {
      number = (number << 8) | (block[from + i] & 0xff);
    }
    return number;
  }
}
