package io.parano.sshcert;

import java.util.Arrays;
import java.util.Random;

/// Bytes with something wrong: flipped, cut, doubled, or a length that lies.
final class Mutations {
  private Mutations() {}

  static byte[] of(byte[] honest, Random random) {
    byte[] mutated = honest.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(Math.max(1, mutated.length));
      mutated =
          switch (random.nextInt(4)) {
            case 0 -> flipped(mutated, at, random);
            case 1 -> Arrays.copyOf(mutated, at);
            case 2 -> doubled(mutated, at);
            default -> lying(mutated, at, random);
          };
    }
    return mutated;
  }

  private static byte[] flipped(byte[] bytes, int at, Random random) {
    if (bytes.length > 0) {
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] doubled(byte[] bytes, int at) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + (bytes.length - at));
    System.arraycopy(bytes, at, longer, bytes.length, bytes.length - at);
    return longer;
  }

  private static byte[] lying(byte[] bytes, int at, Random random) {
    for (int i = at; i < Math.min(bytes.length, at + 4); i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
