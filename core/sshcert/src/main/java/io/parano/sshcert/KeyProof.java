package io.parano.sshcert;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

/// Whether somebody who shows a certificate has the key that it is over: a signature in SSH's
/// wrapping over what the connection fixes. From the most refusing to the most allowing.
public sealed interface KeyProof {
  /// A key in a security key says so in a byte (PROTOCOL.u2f).
  int TOUCHED = 1;

  int VERIFIED = 4;

  record Broken() implements KeyProof {}

  /// @param touched the security key's word that somebody touched it; a key in a file has no word
  /// @param verified its word that it was its holder
  record Holds(boolean touched, boolean verified) implements KeyProof {}

  /// @param algorithm as a request for login names it, for a certificate
  /// @param message what was to be signed
  /// @param wrapped the signature as SSH sends it
  static KeyProof of(SshKey key, String algorithm, byte[] message, byte[] wrapped) {
    if (!key.type().algorithms().contains(algorithm)) {
      return new Broken();
    }
    String name =
        key.type() == KeyType.RSA
            ? algorithm.substring(0, algorithm.length() - KeyType.SUFFIX.length())
            : key.type().plain();
    try {
      WireReader in = new WireReader(wrapped);
      if (!in.text().equals(name)) {
        return new Broken();
      }
      return key.type().inSecurityKey()
          ? inSecurityKey(key, message, in)
          : inFile(key, name, message, in);
    } catch (WireReader.Flawed e) {
      return new Broken();
    }
  }

  private static KeyProof inFile(SshKey key, String name, byte[] message, WireReader in) {
    byte[] signature = in.string();
    in.end();
    boolean holds =
        switch (key.type()) {
          case ED25519 -> Ed25519.holds(key.ed25519(), message, signature);
          case ECDSA_256 -> ecdsa(key, "SHA256", message, signature);
          case ECDSA_384 -> ecdsa(key, "SHA384", message, signature);
          case ECDSA_521 -> ecdsa(key, "SHA512", message, signature);
          case RSA -> rsa(key, name.endsWith("512") ? "SHA512" : "SHA256", message, signature);
          case SK_ECDSA, SK_ED25519 -> false;
        };
    return holds ? new Holds(false, false) : new Broken();
  }

  /// What a security key signs holds its own words, and digests of the rest.
  private static KeyProof inSecurityKey(SshKey key, byte[] message, WireReader in) {
    byte[] signature = in.string();
    int flags = in.uint8();
    long counter = in.uint32();
    in.end();
    byte[] signed =
        new WireWriter()
            .raw(sha256(key.application().getBytes(StandardCharsets.UTF_8)))
            .uint8(flags)
            .uint32(counter)
            .raw(sha256(message))
            .bytes();
    boolean holds =
        key.type() == KeyType.SK_ED25519
            ? Ed25519.holds(key.ed25519(), signed, signature)
            : ecdsa(key, "SHA256", signed, signature);
    return holds ? new Holds((flags & TOUCHED) != 0, (flags & VERIFIED) != 0) : new Broken();
  }

  /// RFC 5656 section 3.1.2: two numbers, which the JDK wants side by side.
  private static boolean ecdsa(SshKey key, String digest, byte[] message, byte[] signature) {
    WireReader in = new WireReader(signature);
    BigInteger r = in.mpint();
    BigInteger s = in.mpint();
    in.end();
    int width = (key.bits() + 7) / 8;
    if (r.bitLength() > width * 8 || s.bitLength() > width * 8) {
      return false;
    }
    byte[] both = Arrays.copyOf(padded(r, width), 2 * width);
    System.arraycopy(padded(s, width), 0, both, width, width);
    return holds(digest + "withECDSAinP1363Format", key, message, both);
  }

  private static byte[] padded(BigInteger number, int width) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(bytes.length, width);
    byte[] padded = new byte[width];
    System.arraycopy(bytes, bytes.length - length, padded, width - length, length);
    return padded;
  }

  private static boolean rsa(SshKey key, String digest, byte[] message, byte[] signature) {
    return signature.length == (key.bits() + 7) / 8
        && holds(digest + "withRSA", key, message, signature);
  }

  private static boolean holds(String algorithm, SshKey key, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey(key));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    } catch (GeneralSecurityException e) {
      // A signature or a key that the JDK finds misshapen.
      return false;
    }
  }

  private static PublicKey publicKey(SshKey key) throws GeneralSecurityException {
    WireReader in = new WireReader(key.fields());
    if (key.type() == KeyType.RSA) {
      BigInteger exponent = in.mpint();
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(in.mpint(), exponent));
    }
    // The curve's name, which its type says too.
    in.string();
    byte[] point = in.string();
    int width = point.length / 2;
    ECPoint at =
        new ECPoint(new BigInteger(1, point, 1, width), new BigInteger(1, point, 1 + width, width));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(at, key.type().parameters()));
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
