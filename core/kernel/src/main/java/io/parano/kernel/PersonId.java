package io.parano.kernel;

import java.time.Instant;
import java.util.UUID;

/// Names a member of staff.
public record PersonId(UUID value) {
  public static PersonId next(Instant now, Randomness randomness) {
    return new PersonId(Uuid7.next(now, randomness));
  }

  /// Reads the canonical form; throws [IllegalArgumentException] on anything else.
  public static PersonId parse(String text) {
    return new PersonId(Uuid7.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
