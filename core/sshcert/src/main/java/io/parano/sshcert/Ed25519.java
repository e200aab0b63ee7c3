package io.parano.sshcert;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// Signatures of authorities in SSH's wrapping (RFC 8709 section 6).
final class Ed25519 {
  private static final int LENGTH = 64;

  /// SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410 section 4).
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Ed25519() {}

  static byte[] wrapped(Signer signer, byte[] message) {
    return new WireWriter().text(KeyType.ED25519.plain()).string(signer.sign(message)).bytes();
  }

  static Signing check(SshKey key, byte[] message, byte[] wrapped) {
    if (key.type() != KeyType.ED25519) {
      return Signing.NOT_VERIFIABLE;
    }
    WireReader in = new WireReader(wrapped);
    String name = in.text();
    byte[] signature = in.string();
    in.end();
    boolean formed = name.equals(KeyType.ED25519.plain()) && signature.length == LENGTH;
    return formed && holds(key.ed25519(), message, signature) ? Signing.HOLDS : Signing.BROKEN;
  }

  static boolean holds(byte[] publicKey, byte[] message, byte[] signature) {
    byte[] encoded = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + publicKey.length);
    System.arraycopy(publicKey, 0, encoded, SPKI_PREFIX.length, publicKey.length);
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      ed25519.update(message);
      return ed25519.verify(signature);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    } catch (InvalidKeySpecException | SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      // A key that is no point of the curve.
      return false;
    }
  }
}
