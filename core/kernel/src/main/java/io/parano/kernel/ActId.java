package io.parano.kernel;

import java.time.Instant;
import java.util.UUID;

/// Names one act proposed to the officers.
public record ActId(UUID value) {
  public static ActId next(Instant now, Randomness randomness) {
    return new ActId(Uuid7.next(now, randomness));
  }

  /// Reads the canonical form; throws [IllegalArgumentException] on anything else.
  public static ActId parse(String text) {
    return new ActId(Uuid7.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
