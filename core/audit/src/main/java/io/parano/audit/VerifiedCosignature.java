package io.parano.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/// The bytes of cosignature/v1: a time of eight bytes, then Ed25519 over two lines and the
/// checkpoint's text (C2SP tlog-cosignature).
record VerifiedCosignature(CosignatureKey witness, Instant at) implements Cosignature {
  private static final int LENGTH = Long.BYTES + 64;

  /// What came of looking at one line under a witness's name and id.
  sealed interface Outcome {
    record Broken(String why) implements Outcome {}

    record Holds(Cosignature cosignature) implements Outcome {}
  }

  static Outcome verify(CosignatureKey witness, String text, byte[] signature) {
    if (signature.length != LENGTH) {
      return new Outcome.Broken("a cosignature has " + LENGTH + " bytes, not " + signature.length);
    }
    long seconds = ByteBuffer.wrap(signature).getLong();
    if (seconds <= 0) {
      return new Outcome.Broken("the cosignature of " + witness.name() + " has no time");
    }
    byte[] bare = Arrays.copyOfRange(signature, Long.BYTES, LENGTH);
    return switch (witness.key().verify(message(text, seconds), bare)) {
      case ProofOutcome.Broken(String why) -> new Outcome.Broken(why);
      case ProofOutcome.Holds _ -> dated(witness, seconds);
    };
  }

  private static Outcome dated(CosignatureKey witness, long seconds) {
    try {
      return new Outcome.Holds(new VerifiedCosignature(witness, Instant.ofEpochSecond(seconds)));
    } catch (DateTimeException e) {
      return new Outcome.Broken("the cosignature of " + witness.name() + " is from no known time");
    }
  }

  /// The line that `signer` puts under a checkpoint of this text.
  static NoteLine sign(String text, Instant at, NoteSigner signer) {
    long seconds = at.getEpochSecond();
    if (seconds <= 0) {
      throw new IllegalArgumentException("a cosignature is made after 1970, not at " + at);
    }
    byte[] bare = signer.sign(message(text, seconds));
    byte[] timed = ByteBuffer.allocate(LENGTH).putLong(seconds).put(bare).array();
    return NoteLine.of(signer.cosignatureKey().key(), timed);
  }

  private static byte[] message(String text, long seconds) {
    return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }
}
