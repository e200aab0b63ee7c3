package io.parano.kernel;

import java.time.Instant;
import java.util.UUID;

/// Names one enrolled device: a machine that may open tunnels for its person.
public record DeviceId(UUID value) {
  public static DeviceId next(Instant now, Randomness randomness) {
    return new DeviceId(Uuid7.next(now, randomness));
  }

  /// Reads the canonical form; throws [IllegalArgumentException] on anything else.
  public static DeviceId parse(String text) {
    return new DeviceId(Uuid7.parse(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
