package io.parano.access;

import io.parano.authn.OtpSeed;
import io.parano.identity.OtpToken;
import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import java.util.Arrays;

/// The secrets of tokens as they are kept: sealed under a key that is not in the database, each
/// bound to its token's public id.
final class OtpSeeds {
  private static final String NOBODY = "";

  /// Key and private id (16 and 6 bytes).
  private static final int LENGTH = 22;

  private final Sealer sealer;
  private final Bytes nobodys;

  OtpSeeds(Sealer sealer, Randomness randomness) {
    this.sealer = sealer;
    try (Secret random = Secret.random(LENGTH, randomness)) {
      this.nobodys = seal(NOBODY, random);
    }
  }

  Bytes seal(String publicId, OtpSeed seed) {
    return seal(publicId, seed.bytes());
  }

  OtpSeed open(OtpToken token) {
    return OtpSeed.of(sealer.open(token.seed().copy(), context(token.publicId())));
  }

  /// The same work for a token that nobody has.
  OtpSeed nobodys() {
    return OtpSeed.of(sealer.open(nobodys.copy(), context(NOBODY)));
  }

  private Bytes seal(String publicId, Secret seed) {
    byte[] plain = seed.copy();
    try {
      return Bytes.of(sealer.seal(plain, context(publicId)));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  static String context(String publicId) {
    return "otp/" + publicId;
  }
}
