package io.parano.audit;

import io.parano.kernel.Bytes;

/// A witness whose cosignatures are believed: a name and an Ed25519 public key (C2SP
/// tlog-cosignature, type 0x04).
public record CosignatureKey(String name, Bytes publicKey) {
  public CosignatureKey {
    var _ = new Ed25519Key(name, Ed25519Key.COSIGNATURE, publicKey);
  }

  /// Reads `name+hash+base64`, as [#vkey] writes it. Throws [IllegalArgumentException] on anything
  /// else: a log's key, or a hash that does not belong to the key.
  public static CosignatureKey parse(String vkey) {
    Ed25519Key key = Ed25519Key.parse(vkey, Ed25519Key.COSIGNATURE);
    return new CosignatureKey(key.name(), key.publicKey());
  }

  /// The verifier key as text: `name+hash+base64`.
  public String vkey() {
    return key().vkey();
  }

  /// Whether `signature` is that of this key over `message`: bare, not of a checkpoint.
  public boolean verifies(byte[] message, byte[] signature) {
    return key().verify(message, signature) instanceof ProofOutcome.Holds;
  }

  Ed25519Key key() {
    return new Ed25519Key(name, Ed25519Key.COSIGNATURE, publicKey);
  }
}
