package io.parano.kernel;

import java.time.Instant;
import java.util.UUID;

/// Names one enrolled hardware token.
public record AuthenticatorId(UUID value) {
  public static AuthenticatorId next(Instant now, Randomness randomness) {
    return new AuthenticatorId(Uuid7.next(now, randomness));
  }

  /// Reads the canonical form; throws [IllegalArgumentException] on anything else.
  public static AuthenticatorId parse(String text) {
    return new AuthenticatorId(Uuid7.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
