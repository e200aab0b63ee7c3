package io.parano.testkit;

import io.parano.kernel.Randomness;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/// The JDK's generator type over our port, so that a seeded test makes the same keys each time.
final class DrawnRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  DrawnRandom(Randomness randomness) {
    super(new Drawing(randomness), null);
  }

  private static final class Drawing extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;
    private final transient Randomness randomness;

    Drawing(Randomness randomness) {
      this.randomness = randomness;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // What is drawn is decided elsewhere.
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      randomness.fill(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      return randomness.bytes(length);
    }
  }
}
