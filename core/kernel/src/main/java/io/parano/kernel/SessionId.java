package io.parano.kernel;

import java.time.Instant;
import java.util.UUID;

/// Names one session, for listing and cutting; the bearer's secret is another thing.
public record SessionId(UUID value) {
  public static SessionId next(Instant now, Randomness randomness) {
    return new SessionId(Uuid7.next(now, randomness));
  }

  /// Reads the canonical form; throws [IllegalArgumentException] on anything else.
  public static SessionId parse(String text) {
    return new SessionId(Uuid7.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
