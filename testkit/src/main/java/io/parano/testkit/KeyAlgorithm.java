package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// What a key can sign with: a COSE algorithm and the JDK's names for it.
public enum KeyAlgorithm {
  ES256(-7, "EC", "secp256r1", "SHA256withECDSA", 1, 32),
  ES384(-35, "EC", "secp384r1", "SHA384withECDSA", 2, 48),
  ES512(-36, "EC", "secp521r1", "SHA512withECDSA", 3, 66),
  EDDSA(-8, "Ed25519", "", "Ed25519", 6, 32),
  RS256(-257, "RSA", "", "SHA256withRSA", 0, 256);

  private final int cose;
  private final String family;
  private final String curveName;
  private final String signature;
  private final int curve;
  private final int fieldLength;

  KeyAlgorithm(
      int cose, String family, String curveName, String signature, int curve, int fieldLength) {
    this.cose = cose;
    this.family = family;
    this.curveName = curveName;
    this.signature = signature;
    this.curve = curve;
    this.fieldLength = fieldLength;
  }

  public static Optional<KeyAlgorithm> of(int cose) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.cose == cose).findFirst();
  }

  /// The COSE algorithm number.
  public int cose() {
    return cose;
  }

  KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
      switch (this) {
        case ES256, ES384, ES512 -> generator.initialize(new ECGenParameterSpec(curveName), random);
        case EDDSA -> generator.initialize(255, random);
        case RS256 -> generator.initialize(2048, random);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK makes keys for " + this, e);
    }
  }

  Bytes sign(PrivateKey key, SecureRandom random, byte[]... message) {
    try {
      Signature signer = Signature.getInstance(signature);
      signer.initSign(key, random);
      for (byte[] part : message) {
        signer.update(part);
      }
      return Bytes.of(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of ours signs with " + signature, e);
    }
  }

  KeyPair read(Bytes publicKey, Bytes privateKey) {
    try {
      KeyFactory factory = KeyFactory.getInstance(family);
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(publicKey.copy())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey.copy())));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("expected a key pair for " + this, e);
    }
  }

  /// The COSE_Key (RFC 9053).
  public Bytes coseKey(PublicKey key) {
    return CborWriter.write(
        switch (key) {
          case ECPublicKey ec ->
              Map.of(
                  1,
                  2,
                  3,
                  cose,
                  -1,
                  curve,
                  -2,
                  field(ec.getW().getAffineX()),
                  -3,
                  field(ec.getW().getAffineY()));
          case EdECPublicKey ed -> Map.of(1, 1, 3, cose, -1, curve, -2, point(ed));
          case RSAPublicKey rsa ->
              Map.of(
                  1,
                  3,
                  3,
                  cose,
                  -1,
                  field(rsa.getModulus()),
                  -2,
                  Bytes.of(rsa.getPublicExponent().toByteArray()));
          default -> throw new IllegalArgumentException("no COSE_Key for " + key.getAlgorithm());
        });
  }

  /// `number` in exactly as many bytes as a number of this algorithm has.
  Bytes field(BigInteger number) {
    byte[] shortest = number.toByteArray();
    byte[] padded = new byte[fieldLength];
    int length = Math.min(shortest.length, fieldLength);
    System.arraycopy(shortest, shortest.length - length, padded, fieldLength - length, length);
    return Bytes.of(padded);
  }

  /// RFC 8032 section 5.1.2: little-endian y, the sign of x in the last bit.
  private Bytes point(EdECPublicKey key) {
    byte[] bytes = field(key.getPoint().getY()).copy();
    byte[] point = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      point[i] = bytes[bytes.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      point[point.length - 1] |= (byte) 0x80;
    }
    return Bytes.of(point);
  }
}
