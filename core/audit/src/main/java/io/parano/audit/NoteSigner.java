package io.parano.audit;

import io.parano.kernel.Bytes;

/// Signs notes with an Ed25519 key that stays where it is.
public interface NoteSigner {
  /// The key's name: non-empty, without white space or `+`. For a log, its origin.
  String name();

  /// The public key's 32 bytes (RFC 8032 section 5.1.5).
  byte[] publicKey32();

  /// The 64 bytes of the Ed25519 signature over `message`.
  byte[] sign(byte[] message);

  /// What verifiers are given.
  default NoteKey key() {
    return NoteKey.of(name(), publicKey32());
  }

  /// What verifiers are given when this key cosigns the checkpoints of other logs.
  default CosignatureKey cosignatureKey() {
    return new CosignatureKey(name(), Bytes.of(publicKey32()));
  }
}
