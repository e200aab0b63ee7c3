package io.parano.sshcert;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.sshcert.RevocationList.Listing;
import io.parano.sshcert.RevocationList.Range;
import io.parano.sshcert.RevocationList.Section;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// PROTOCOL.krl, and PROTOCOL.sshsig over it.
class RevocationListTest {
  private static final String NAMESPACE = "revocations@parano";

  private final Signer authority = Sample.authority();
  private final RevocationList list =
      new RevocationList(
          7,
          Sample.NOW,
          "parano",
          List.of(
              new Section(
                  authority.publicKey(),
                  List.of(Range.of(3), Range.of(-2L), new Range(100, 200)),
                  List.of("marie 0198"))));

  @Test
  void written_isReadBackTheSame() {
    assertThat(RevocationReading.of(list.write().copy()))
        .isEqualTo(new RevocationReading.Read(list));
  }

  @Test
  void of_listedAloneOrInARange_isRevokedAndItsNeighboursAreNot() {
    SshKey key = authority.publicKey();
    for (long serial : new long[] {3, -2L, 100, 150, 200}) {
      assertThat(list.of(key, serial)).isEqualTo(Listing.REVOKED);
    }
    for (long serial : new long[] {2, 4, -3L, -1L, 99, 201}) {
      assertThat(list.of(key, serial)).isEqualTo(Listing.NOT_LISTED);
    }
  }

  @Test
  void of_anotherAuthority_isNotListed() {
    assertThat(list.of(Sample.key(), 3)).isEqualTo(Listing.NOT_LISTED);
  }

  @Test
  void everything_revokesWhateverAuthorityAndSerial() {
    RevocationList all = new RevocationList(1, Sample.NOW, "", RevocationList.EVERYTHING);
    for (long serial : new long[] {1, 2, Long.MAX_VALUE, Long.MIN_VALUE, -1L}) {
      assertThat(all.of(Sample.key(), serial)).isEqualTo(Listing.REVOKED);
    }
  }

  record Tampering(Flaw flaw, WireWriter list) {
    @Override
    public String toString() {
      return flaw.code();
    }
  }

  static Stream<Tampering> tamperings() {
    WireWriter empty = new WireWriter();
    return Stream.of(
        new Tampering(Flaw.LIST_MAGIC, new WireWriter().uint64(1)),
        new Tampering(Flaw.LIST_FORMAT, head(2, 0, "")),
        new Tampering(Flaw.LIST_FORMAT, head(1, 1, "")),
        new Tampering(Flaw.TEXT_MALFORMED, head(1, 0, "a\u0000b")),
        new Tampering(Flaw.LIST_SECTION_UNKNOWN, head(1, 0, "").uint8(2).string(empty)),
        new Tampering(Flaw.LIST_SECTION_UNKNOWN, head(1, 0, "").uint8(4).string(empty)),
        new Tampering(Flaw.LIST_SECTION_UNKNOWN, section(0x39, new WireWriter().uint8(0))),
        new Tampering(Flaw.LIST_SECTION_EMPTY, section(0x20, empty)),
        new Tampering(Flaw.TRUNCATED, section(0x20, new WireWriter().uint32(1))),
        new Tampering(
            Flaw.LIST_RANGE_BACKWARDS, section(0x21, new WireWriter().uint64(2).uint64(1))),
        new Tampering(
            Flaw.TRAILING_BYTES, section(0x21, new WireWriter().uint64(1).uint64(2).uint8(0))),
        new Tampering(
            Flaw.TOO_LONG,
            section(
                0x22, new WireWriter().uint64(0).mpint(BigInteger.ONE.shiftLeft(8 * 8192 + 1)))));
  }

  private static WireWriter head(int format, long flags, String comment) {
    return new WireWriter()
        .uint64(RevocationList.MAGIC)
        .uint32(format)
        .uint64(1)
        .uint64(1)
        .uint64(flags)
        .string(new byte[0])
        .text(comment);
  }

  private static WireWriter section(int type, WireWriter part) {
    WireWriter section =
        new WireWriter().string(new byte[0]).string(new byte[0]).uint8(type).string(part);
    return head(1, 0, "").uint8(1).string(section);
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void read_oneFieldWrong_isRefusedForIt(Tampering tampering) {
    assertThat(RevocationReading.of(section(0x20, new WireWriter().uint64(1)).bytes()))
        .isInstanceOf(RevocationReading.Read.class);
    assertThat(RevocationReading.of(tampering.list().bytes()))
        .isEqualTo(new RevocationReading.Malformed(tampering.flaw()));
  }

  @Test
  void read_bitmap_listsItsBits() {
    WireWriter part = new WireWriter().uint64(40).mpint(BigInteger.valueOf(0b1010_0001));
    assertThat(RevocationReading.of(section(0x22, part).bytes()))
        .isInstanceOfSatisfying(
            RevocationReading.Read.class,
            read ->
                assertThat(read.list().sections().getFirst().serials())
                    .containsExactly(Range.of(40), Range.of(45), Range.of(47)));
  }

  @Test
  void read_mutated_neverThrows() {
    Random random = new Random(23);
    byte[] honest = list.write().copy();
    int read = 0;
    for (int round = 0; round < 50_000; round++) {
      if (RevocationReading.of(Mutations.of(honest, random)) instanceof RevocationReading.Read) {
        read++;
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void signature_ofTheListInItsNamespace_holds() {
    byte[] bytes = list.write().copy();
    String signature = SshSignature.sign(authority, NAMESPACE, bytes);
    assertThat(SshSignature.check(authority.publicKey(), NAMESPACE, bytes, signature))
        .isEqualTo(Signing.HOLDS);
  }

  @Test
  void signature_elsewhereOrOverOtherBytes_isBroken() {
    byte[] bytes = list.write().copy();
    String signature = SshSignature.sign(authority, NAMESPACE, bytes);
    SshKey key = authority.publicKey();
    assertThat(SshSignature.check(key, "file", bytes, signature)).isEqualTo(Signing.BROKEN);
    assertThat(SshSignature.check(Sample.key(), NAMESPACE, bytes, signature))
        .isEqualTo(Signing.BROKEN);
    bytes[20] ^= 1;
    assertThat(SshSignature.check(key, NAMESPACE, bytes, signature)).isEqualTo(Signing.BROKEN);
    bytes[20] ^= 1;
    for (String wrong :
        List.of("", signature.replace("U1NI", "U1NJ"), signature.replace("BEGIN", "BEGUN"))) {
      assertThat(SshSignature.check(key, NAMESPACE, bytes, wrong)).isEqualTo(Signing.BROKEN);
    }
  }
}
