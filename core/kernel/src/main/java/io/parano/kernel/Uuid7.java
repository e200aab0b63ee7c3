package io.parano.kernel;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/// UUID version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then random bits. An id,
/// never a secret.
public final class Uuid7 {
  private Uuid7() {}

  public static UUID next(Instant now, Randomness randomness) {
    ByteBuffer random = ByteBuffer.wrap(randomness.bytes(16));
    long high = (now.toEpochMilli() << 16) | 0x7000L | (random.getLong() & 0x0fffL);
    long low = (random.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  // The platform's own reading pads short groups, so that one id would have many spellings.
  static UUID parse(String text) {
    UUID value = UUID.fromString(text);
    if (!value.toString().equals(text)) {
      throw new IllegalArgumentException(
          "expected a UUID in lower case with all its digits, found \"" + text + "\"");
    }
    return value;
  }
}
