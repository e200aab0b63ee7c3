package io.parano.app;

import io.parano.kernel.Randomness;
import java.security.SecureRandom;

/// The operating system's generator.
final class SystemRandomness implements Randomness {
  private final SecureRandom random = new SecureRandom();

  @Override
  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
