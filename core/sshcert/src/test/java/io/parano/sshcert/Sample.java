package io.parano.sshcert;

import io.parano.kernel.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/// Keys and a certificate to begin with.
final class Sample {
  static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");

  /// The generator of P-256, which is a point if anything is.
  static final byte[] POINT =
      HexFormat.of()
          .parseHex(
              "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                  + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");

  private Sample() {}

  /// An authority of its own.
  static Signer authority() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      SshKey key = SshKey.ed25519(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
      return new Signer() {
        @Override
        public SshKey publicKey() {
          return key;
        }

        @Override
        public byte[] sign(byte[] message) {
          try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
          } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
          }
        }
      };
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static SshKey key() {
    return authority().publicKey();
  }

  static Certificate certificate(Signer authority) {
    TreeMap<String, Bytes> critical = new TreeMap<>();
    critical.put(Certificate.SOURCE_ADDRESS, Certificate.value("192.0.2.7/32"));
    critical.put(Certificate.VERIFY_REQUIRED, Bytes.EMPTY);
    TreeMap<String, Bytes> extensions = new TreeMap<>();
    extensions.put("permit-pty", Bytes.EMPTY);
    return new Certificate(
        key(),
        Bytes.of(new byte[32]),
        0xfedc_ba98_7654_3210L,
        Certificate.Kind.USER,
        "marie 0198",
        List.of("deploy@web"),
        NOW.getEpochSecond(),
        NOW.plusSeconds(600).getEpochSecond(),
        critical,
        extensions,
        authority.publicKey());
  }
}
