package io.parano.audit;

import io.parano.kernel.Bytes;

/// A key whose notes are believed: a name and an Ed25519 public key (C2SP signed-note, type 0x01).
public record NoteKey(String name, Bytes publicKey) {
  public NoteKey {
    var _ = new Ed25519Key(name, Ed25519Key.NOTE, publicKey);
  }

  public static NoteKey of(String name, byte[] publicKey32) {
    return new NoteKey(name, Bytes.of(publicKey32));
  }

  /// Reads `name+hash+base64`, as [#vkey] writes it. Throws [IllegalArgumentException] on anything
  /// else, a hash that does not belong to the key included.
  public static NoteKey parse(String vkey) {
    Ed25519Key key = Ed25519Key.parse(vkey, Ed25519Key.NOTE);
    return new NoteKey(key.name(), key.publicKey());
  }

  /// The verifier key as text: `name+hash+base64`.
  public String vkey() {
    return key().vkey();
  }

  Ed25519Key key() {
    return new Ed25519Key(name, Ed25519Key.NOTE, publicKey);
  }
}
