package io.parano.sshcert;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Signatures of every kind of key, each beside ones that differ in one thing (RFC 4252 section 7).
class KeyProofTest {
  private static final byte[] MESSAGE = "what is signed".getBytes(StandardCharsets.UTF_8);
  private static final int FLAGS = 5;

  /// @param name as the signature names its algorithm
  record Kind(KeyType type, String name, String algorithm, String jdk) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        kind(KeyType.ED25519, "Ed25519"),
        kind(KeyType.SK_ED25519, "Ed25519"),
        kind(KeyType.ECDSA_256, "SHA256withECDSAinP1363Format"),
        kind(KeyType.ECDSA_384, "SHA384withECDSAinP1363Format"),
        kind(KeyType.ECDSA_521, "SHA512withECDSAinP1363Format"),
        kind(KeyType.SK_ECDSA, "SHA256withECDSAinP1363Format"),
        new Kind(KeyType.RSA, "rsa-sha2-256", "rsa-sha2-256-cert-v01@openssh.com", "SHA256withRSA"),
        new Kind(
            KeyType.RSA, "rsa-sha2-512", "rsa-sha2-512-cert-v01@openssh.com", "SHA512withRSA"));
  }

  private static Kind kind(KeyType type, String jdk) {
    return new Kind(type, type.plain(), type.certified(), jdk);
  }

  private static KeyPair pair(KeyType type) throws GeneralSecurityException {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(
            switch (type) {
              case RSA -> "RSA";
              case ED25519, SK_ED25519 -> "Ed25519";
              case ECDSA_256, ECDSA_384, ECDSA_521, SK_ECDSA -> "EC";
            });
    switch (type) {
      case RSA -> generator.initialize(2048);
      case ED25519, SK_ED25519 -> {}
      case ECDSA_384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
      case ECDSA_521 -> generator.initialize(new ECGenParameterSpec("secp521r1"));
      case ECDSA_256, SK_ECDSA -> generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
    return generator.generateKeyPair();
  }

  private static SshKey key(KeyType type, KeyPair pair) {
    WireWriter out = new WireWriter().text(type.plain());
    switch (pair.getPublic()) {
      case RSAPublicKey rsa -> out.mpint(rsa.getPublicExponent()).mpint(rsa.getModulus());
      case ECPublicKey ec -> {
        int width = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        out.text("nistp" + ec.getParams().getCurve().getField().getFieldSize())
            .string(
                new WireWriter()
                    .uint8(4)
                    .raw(padded(ec.getW().getAffineX(), width))
                    .raw(padded(ec.getW().getAffineY(), width)));
      }
      default -> {
        byte[] encoded = pair.getPublic().getEncoded();
        out.string(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
      }
    }
    if (type.inSecurityKey()) {
      out.text("ssh:");
    }
    return SshKey.read(out.bytes());
  }

  private static byte[] padded(BigInteger number, int width) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[width];
    int length = Math.min(width, bytes.length);
    System.arraycopy(bytes, bytes.length - length, padded, width - length, length);
    return padded;
  }

  private static byte[] signature(Kind kind, KeyPair pair, byte[] message)
      throws GeneralSecurityException {
    byte[] signed =
        kind.type().inSecurityKey()
            ? new WireWriter()
                .raw(sha256("ssh:".getBytes(StandardCharsets.UTF_8)))
                .uint8(FLAGS)
                .uint32(7)
                .raw(sha256(message))
                .bytes()
            : message;
    Signature signer = Signature.getInstance(kind.jdk());
    signer.initSign(pair.getPrivate());
    signer.update(signed);
    byte[] made = signer.sign();
    WireWriter out = new WireWriter().text(kind.name());
    if (pair.getPublic() instanceof ECPublicKey) {
      int half = made.length / 2;
      out.string(
          new WireWriter()
              .mpint(new BigInteger(1, made, 0, half))
              .mpint(new BigInteger(1, made, half, half)));
    } else {
      out.string(made);
    }
    return kind.type().inSecurityKey() ? out.uint8(FLAGS).uint32(7).bytes() : out.bytes();
  }

  private static byte[] sha256(byte[] message) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(message);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void of_ownSignature_holdsAndAnythingElseIsBroken(Kind kind) throws GeneralSecurityException {
    KeyPair pair = pair(kind.type());
    SshKey key = key(kind.type(), pair);
    byte[] signature = signature(kind, pair, MESSAGE);
    boolean says = kind.type().inSecurityKey();
    assertThat(KeyProof.of(key, kind.algorithm(), MESSAGE, signature))
        .isEqualTo(new KeyProof.Holds(says, says));

    KeyProof broken = new KeyProof.Broken();
    assertThat(KeyProof.of(key, kind.algorithm(), new byte[3], signature)).isEqualTo(broken);
    assertThat(KeyProof.of(key, kind.name(), MESSAGE, signature)).isEqualTo(broken);
    assertThat(KeyProof.of(key, "ssh-rsa-cert-v01@openssh.com", MESSAGE, signature))
        .isEqualTo(broken);
    SshKey other = key(kind.type(), pair(kind.type()));
    assertThat(KeyProof.of(other, kind.algorithm(), MESSAGE, signature)).isEqualTo(broken);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void of_anyByteChanged_isBroken(Kind kind) throws GeneralSecurityException {
    KeyPair pair = pair(kind.type());
    SshKey key = key(kind.type(), pair);
    byte[] signature = signature(kind, pair, MESSAGE);
    for (int i = 0; i < signature.length; i += 3) {
      byte[] changed = signature.clone();
      changed[i] ^= 1;
      assertThat(KeyProof.of(key, kind.algorithm(), MESSAGE, changed))
          .as("byte %d", i)
          .isEqualTo(new KeyProof.Broken());
      assertThat(KeyProof.of(key, kind.algorithm(), MESSAGE, Arrays.copyOf(signature, i)))
          .as("%d bytes", i)
          .isEqualTo(new KeyProof.Broken());
    }
  }
}
