package io.parano.authn;

import io.parano.kernel.Secret;

/// Argon2id (RFC 9106, version 0x13) as a primitive; which library computes it is the adapter's
/// business.
public interface Argon2 {
  /// The raw tag. Blocks for as long as the function takes; throws [Busy] at once when too many
  /// computations wait, so that a flood costs no memory.
  byte[] hash(Secret password, byte[] salt, Argon2Parameters parameters, int tagLength);

  /// More computations were asked for than may wait.
  final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Busy() {
      super("too many password verifications are waiting", null, false, false);
    }
  }
}
