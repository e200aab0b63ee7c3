package io.parano.audit;

import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// A name and an Ed25519 public key, for one of the uses that C2SP signed-note tells apart by a
/// byte: the same key has another id for another use.
record Ed25519Key(String name, byte type, Bytes publicKey) {
  /// Signs notes (C2SP signed-note).
  static final byte NOTE = 0x01;

  /// Cosigns checkpoints with a time (C2SP tlog-cosignature).
  static final byte COSIGNATURE = 0x04;

  /// SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410 section 4).
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  Ed25519Key {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a key's name has neither white space nor \"+\", and is not empty");
    }
    if (publicKey.length() != 32) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + publicKey.length());
    }
  }

  /// Reads `name+hash+base64`, as [#vkey] writes it, for the use `type` alone.
  static Ed25519Key parse(String vkey, byte type) {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "expected a key as name+hash+base64, found \"" + vkey + "\"");
    }
    byte[] typed = Base64Text.read(parts[2]);
    if (typed.length != 33 || typed[0] != type) {
      throw new IllegalArgumentException(
          "expected an Ed25519 key of 32 bytes after its type " + type);
    }
    Ed25519Key key =
        new Ed25519Key(parts[0], type, Bytes.of(Arrays.copyOfRange(typed, 1, typed.length)));
    if (!key.vkey().equals(vkey)) {
      throw new IllegalArgumentException(
          "the key's hash is " + HexFormat.of().toHexDigits(key.id()) + ", not " + parts[1]);
    }
    return key;
  }

  String vkey() {
    return name + "+" + HexFormat.of().toHexDigits(id()) + "+" + Base64Text.write(typed());
  }

  /// The key id: the first four bytes of SHA-256(name || 0x0A || type || key).
  int id() {
    byte[] label = (name + "\n").getBytes(StandardCharsets.UTF_8);
    return (int) (Digest.of(label, typed()).a() >>> 32);
  }

  ProofOutcome verify(byte[] message, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(javaKey());
      ed25519.update(message);
      return ed25519.verify(signature)
          ? new ProofOutcome.Holds()
          : new ProofOutcome.Broken("the signature of " + name + " does not verify");
    } catch (InvalidKeyException | SignatureException e) {
      return new ProofOutcome.Broken("the signature of " + name + " is none: " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    }
  }

  static boolean isName(String text) {
    return !text.isEmpty()
        && text.codePoints()
            .noneMatch(
                c -> c == '+' || c < 0x20 || Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  private byte[] typed() {
    byte[] typed = new byte[1 + publicKey.length()];
    typed[0] = type;
    System.arraycopy(publicKey.copy(), 0, typed, 1, publicKey.length());
    return typed;
  }

  private PublicKey javaKey() throws InvalidKeyException, NoSuchAlgorithmException {
    byte[] encoded = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + publicKey.length());
    System.arraycopy(publicKey.copy(), 0, encoded, SPKI_PREFIX.length, publicKey.length());
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (NoSuchAlgorithmException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException(e);
    }
  }
}
