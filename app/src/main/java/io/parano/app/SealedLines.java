package io.parano.app;

import io.parano.config.Configuration;
import io.parano.kernel.Bytes;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import java.util.Arrays;
import java.util.List;

/// Secrets that stand sealed in the configuration, where no server can renew them: which are under
/// an earlier key, and how each is to be written instead.
final class SealedLines {
  private SealedLines() {}

  /// Whose are under an earlier key.
  static List<String> earlier(List<Configuration.Sealed> all, Sealer sealer) {
    return all.stream()
        .filter(one -> !sealer.isFresh(one.sealed().copy()))
        .map(Configuration.Sealed::what)
        .toList();
  }

  /// The same secret under the key that seals now. Throws [Sealer.SealBroken].
  static Bytes anew(Configuration.Sealed one, Sealer sealer) {
    try (Secret secret = sealer.open(one.sealed().copy(), one.context())) {
      byte[] plain = secret.copy();
      try {
        return Bytes.of(sealer.seal(plain, one.context()));
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    }
  }
}
