package io.parano.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Secret;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// RFC 8032 section 7.1, and the JDK as a second opinion.
class LogSignerTest {
  @Test
  void sign_publishedSeed_givesThePublishedSignature() {
    LogSigner signer =
        new LogSigner(
            Secret.of(hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")));
    assertThat(signer.publicKey32())
        .isEqualTo(hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"));
    assertThat(signer.sign(hex("af82")))
        .isEqualTo(
            hex(
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                    + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"));
  }

  @Test
  void sign_anyKeyset_isVerifiedByTheJdk() throws Exception {
    var random = new Random(5);
    LogSigner signer =
        Keyset.fresh(Instant.parse("2026-03-01T12:00:00Z"), random::nextBytes).logSigner();
    byte[] message = "parano.example/log\n42\nroot\n".getBytes(UTF_8);
    Signature jdk = Signature.getInstance("Ed25519");
    jdk.initVerify(publicKey(signer.publicKey32()));
    jdk.update(message);
    assertThat(jdk.verify(signer.sign(message))).isTrue();
  }

  /// The raw key behind the fixed prefix of RFC 8410.
  private static PublicKey publicKey(byte[] raw) throws Exception {
    byte[] encoded = hex("302a300506032b6570032100" + HexFormat.of().formatHex(raw));
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
