package io.parano.sshcert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// PROTOCOL.certkeys, field by field.
class CertificateTest {
  private final Signer authority = Sample.authority();

  @Test
  void signed_isReadBackTheSame() {
    Certificate certificate = Sample.certificate(authority);
    SignedCertificate signed = SignedCertificate.by(authority, certificate);
    assertThat(CertificateReading.ofLine(signed.line("marie@laptop")))
        .isInstanceOfSatisfying(
            CertificateReading.Read.class,
            read -> {
              assertThat(read.certificate().certificate()).isEqualTo(certificate);
              assertThat(read.certificate().signing()).isEqualTo(Signing.HOLDS);
            });
  }

  @Test
  void signed_byAnotherAuthorityThanItNames_isABug() {
    Certificate certificate = Sample.certificate(authority);
    assertThatThrownBy(() -> SignedCertificate.by(Sample.authority(), certificate))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void covers_fromItsBeginUntilBeforeItsEnd() {
    Certificate certificate = Sample.certificate(authority);
    assertThat(certificate.covers(Sample.NOW.minusSeconds(1))).isFalse();
    assertThat(certificate.covers(Sample.NOW)).isTrue();
    assertThat(certificate.covers(Sample.NOW.plusSeconds(599))).isTrue();
    assertThat(certificate.covers(Sample.NOW.plusSeconds(600))).isFalse();
    assertThat(certificate.covers(Instant.EPOCH)).isFalse();
  }

  /// Whatever bit changes, it is no longer what was signed.
  @Tag("slow")
  @Test
  void signed_anyBitChanged_neverHolds() {
    byte[] blob = SignedCertificate.by(authority, Sample.certificate(authority)).blob().copy();
    for (int bit = 0; bit < blob.length * 8; bit++) {
      byte[] changed = blob.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      switch (CertificateReading.of(changed)) {
        case CertificateReading.Malformed malformed -> {}
        case CertificateReading.Read(var read) ->
            assertThat(read.signing()).as("bit " + bit).isNotEqualTo(Signing.HOLDS);
      }
    }
  }

  /// What comes from outside never throws, and what is read is written as it came.
  @Tag("slow")
  @Test
  void read_mutated_neverThrowsAndHasOneForm() {
    Random random = new Random(22);
    byte[] blob = SignedCertificate.by(authority, Sample.certificate(authority)).blob().copy();
    int read = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] mutated = Mutations.of(blob, random);
      if (CertificateReading.of(mutated) instanceof CertificateReading.Read(var certificate)) {
        read++;
        assertThat(mutated).startsWith(certificate.certificate().toBeSigned());
      }
    }
    assertThat(read).isPositive();
  }

  /// One field changed, one flaw.
  record Tampering(Flaw flaw, WireWriter blob) {
    @Override
    public String toString() {
      return flaw.code();
    }
  }

  static Stream<Tampering> tamperings() {
    Fields honest = new Fields();
    return Stream.of(
        new Tampering(Flaw.KEY_TYPE_UNKNOWN, honest.with(f -> f.name = "ssh-dss-cert-v01@x")),
        new Tampering(Flaw.KEY_TYPE_UNKNOWN, honest.with(f -> f.name = "ssh-ed25519")),
        new Tampering(Flaw.NONCE_SHORT, honest.with(f -> f.nonce = new byte[15])),
        new Tampering(
            Flaw.KEY_LENGTH, honest.with(f -> f.key = new WireWriter().string(new byte[31]))),
        new Tampering(Flaw.KIND_UNKNOWN, honest.with(f -> f.kind = 0)),
        new Tampering(Flaw.KIND_UNKNOWN, honest.with(f -> f.kind = 3)),
        new Tampering(Flaw.TEXT_MALFORMED, honest.with(f -> f.keyId = "a\nb")),
        new Tampering(Flaw.PRINCIPALS_TOO_MANY, honest.with(f -> f.principals = names(257))),
        new Tampering(Flaw.TRUNCATED, honest.with(f -> f.principals = new WireWriter().uint32(9))),
        new Tampering(Flaw.VALIDITY_EMPTY, honest.with(f -> f.validBefore = f.validAfter)),
        new Tampering(Flaw.VALIDITY_EMPTY, honest.with(f -> f.validAfter = -1L)),
        new Tampering(
            Flaw.OPTIONS_UNSORTED,
            honest.with(
                f -> f.critical = option("verify-required").raw(option("source-address").bytes()))),
        new Tampering(
            Flaw.OPTIONS_UNSORTED,
            honest.with(
                f -> f.extensions = option("permit-pty").raw(option("permit-pty").bytes()))),
        new Tampering(Flaw.RESERVED_USED, honest.with(f -> f.reserved = new byte[1])),
        new Tampering(
            Flaw.AUTHORITY_UNUSABLE,
            honest.with(f -> f.authority = new WireWriter().text(KeyType.ED25519.certified()))),
        new Tampering(Flaw.SIGNATURE_MALFORMED, honest.with(f -> f.signature = new byte[0])),
        new Tampering(Flaw.TRUNCATED, honest.with(f -> f.signature = new byte[3])),
        new Tampering(Flaw.TRAILING_BYTES, honest.with(f -> f.behind = new byte[1])));
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void read_oneFieldChanged_isRefusedForIt(Tampering tampering) {
    assertThat(CertificateReading.of(new Fields().written().bytes()))
        .isInstanceOf(CertificateReading.Read.class);
    assertThat(CertificateReading.of(tampering.blob().bytes()))
        .isEqualTo(new CertificateReading.Malformed(tampering.flaw()));
  }

  @Test
  void read_signatureOfAnotherForm_isBroken() {
    for (byte[] signature :
        new byte[][] {
          new WireWriter().text("ssh-rsa").string(new byte[64]).bytes(),
          new WireWriter().text("ssh-ed25519").string(new byte[63]).bytes(),
          new WireWriter().text("ssh-ed25519").string(new byte[64]).bytes()
        }) {
      assertThat(CertificateReading.of(new Fields().with(f -> f.signature = signature).bytes()))
          .isInstanceOfSatisfying(
              CertificateReading.Read.class,
              read -> assertThat(read.certificate().signing()).isEqualTo(Signing.BROKEN));
    }
  }

  @Test
  void line_thatIsNone_isRefused() {
    String line = SignedCertificate.by(authority, Sample.certificate(authority)).line("");
    assertThat(CertificateReading.ofLine(line)).isInstanceOf(CertificateReading.Read.class);
    for (String wrong :
        new String[] {
          "",
          line.substring(0, line.indexOf(' ')),
          line.replaceFirst("ssh-ed25519-cert", "ssh-rsa-cert"),
          line.replaceFirst(" ", " !"),
          line.replaceFirst(" ", "\n")
        }) {
      assertThat(CertificateReading.ofLine(wrong))
          .isEqualTo(new CertificateReading.Malformed(Flaw.LINE_MALFORMED));
    }
    assertThat(CertificateReading.of(new byte[CertificateReading.LONGEST + 1]))
        .isEqualTo(new CertificateReading.Malformed(Flaw.TOO_LONG));
  }

  record KeyTampering(Flaw flaw, Bytes blob) {
    KeyTampering(Flaw flaw, byte[] blob) {
      this(flaw, Bytes.of(blob));
    }

    @Override
    public String toString() {
      return flaw.code();
    }
  }

  static Stream<KeyTampering> keys() {
    byte[] off = Sample.POINT.clone();
    off[64] ^= 1;
    byte[] compressed = Arrays.copyOf(Sample.POINT, 33);
    BigInteger modulus = BigInteger.ONE.shiftLeft(2047).add(BigInteger.ONE);
    return Stream.of(
        new KeyTampering(Flaw.TRUNCATED, new byte[3]),
        new KeyTampering(Flaw.KEY_TYPE_UNKNOWN, new WireWriter().text("ssh-dss").bytes()),
        new KeyTampering(Flaw.KEY_CURVE, ecdsa("nistp384", Sample.POINT)),
        new KeyTampering(Flaw.KEY_POINT, ecdsa("nistp256", off)),
        new KeyTampering(Flaw.KEY_POINT, ecdsa("nistp256", compressed)),
        new KeyTampering(Flaw.KEY_EXPONENT, rsa(BigInteger.ONE, modulus)),
        new KeyTampering(Flaw.KEY_EXPONENT, rsa(BigInteger.valueOf(4), modulus)),
        new KeyTampering(
            Flaw.KEY_MODULUS, rsa(BigInteger.valueOf(3), modulus.subtract(BigInteger.ONE))),
        new KeyTampering(
            Flaw.KEY_MODULUS,
            rsa(BigInteger.valueOf(3), BigInteger.ONE.shiftLeft(1000).add(BigInteger.ONE))),
        new KeyTampering(
            Flaw.NUMBER_MALFORMED,
            new WireWriter().text("ssh-rsa").string(new byte[] {0, 3}).bytes()),
        new KeyTampering(
            Flaw.NUMBER_MALFORMED,
            new WireWriter().text("ssh-rsa").string(new byte[] {-1}).bytes()),
        new KeyTampering(Flaw.KEY_APPLICATION, sk("https://auth.example.com")),
        new KeyTampering(Flaw.KEY_APPLICATION, sk("ssh:" + "a".repeat(300))));
  }

  private static byte[] ecdsa(String curve, byte[] point) {
    return new WireWriter().text("ecdsa-sha2-nistp256").text(curve).string(point).bytes();
  }

  private static byte[] rsa(BigInteger exponent, BigInteger modulus) {
    return new WireWriter().text("ssh-rsa").mpint(exponent).mpint(modulus).bytes();
  }

  private static byte[] sk(String application) {
    return new WireWriter()
        .text("sk-ssh-ed25519@openssh.com")
        .string(new byte[32])
        .text(application)
        .bytes();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void key_oneFieldWrong_isRefusedForIt(KeyTampering tampering) {
    assertThat(KeyReading.of(tampering.blob().copy()))
        .isEqualTo(new KeyReading.Malformed(tampering.flaw()));
  }

  @Test
  void key_right_isRead() {
    assertThat(KeyReading.of(ecdsa("nistp256", Sample.POINT))).isInstanceOf(KeyReading.Read.class);
    assertThat(KeyReading.of(sk("ssh:"))).isInstanceOf(KeyReading.Read.class);
    BigInteger modulus = BigInteger.ONE.shiftLeft(2047).add(BigInteger.ONE);
    assertThat(KeyReading.of(rsa(BigInteger.valueOf(65_537), modulus)))
        .isInstanceOfSatisfying(
            KeyReading.Read.class, read -> assertThat(read.key().bits()).isEqualTo(2048));
  }

  private static WireWriter names(int count) {
    WireWriter out = new WireWriter();
    for (int i = 0; i < count; i++) {
      out.text("n" + i);
    }
    return out;
  }

  private static WireWriter option(String name) {
    return new WireWriter().text(name).string(new byte[0]);
  }

  /// A certificate in the making, as bytes.
  private static final class Fields {
    private String name = KeyType.ED25519.certified();
    private byte[] nonce = new byte[32];
    private WireWriter key = new WireWriter().string(new byte[32]);
    private long kind = 1;
    private String keyId = "marie";
    private WireWriter principals = names(2);
    private long validAfter = 1;
    private long validBefore = 2;
    private WireWriter critical = option("verify-required");
    private WireWriter extensions = option("permit-pty");
    private byte[] reserved = new byte[0];
    private WireWriter authority = new WireWriter().raw(Sample.key().blob().copy());
    private byte[] signature = new WireWriter().text("ssh-ed25519").string(new byte[64]).bytes();
    private byte[] behind = new byte[0];

    private interface Change {
      void on(Fields fields);
    }

    WireWriter with(Change change) {
      Fields changed = new Fields();
      change.on(changed);
      return changed.written();
    }

    WireWriter written() {
      return new WireWriter()
          .text(name)
          .string(nonce)
          .raw(key.bytes())
          .uint64(7)
          .uint32(kind)
          .text(keyId)
          .string(principals)
          .uint64(validAfter)
          .uint64(validBefore)
          .string(critical)
          .string(extensions)
          .string(reserved)
          .string(authority)
          .string(signature)
          .raw(behind);
    }
  }

  @Test
  void option_withoutValue_hasNone() {
    Certificate certificate = Sample.certificate(authority);
    assertThat(certificate.option(Certificate.SOURCE_ADDRESS)).contains("192.0.2.7/32");
    assertThat(certificate.option(Certificate.VERIFY_REQUIRED)).isEmpty();
    assertThat(certificate.option(Certificate.FORCE_COMMAND)).isEmpty();
  }
}
