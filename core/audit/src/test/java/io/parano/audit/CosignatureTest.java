package io.parano.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// C2SP tlog-cosignature, the Ed25519 type.
class CosignatureTest {
  /// The example message of tlog-cosignature, section "Ed25519 signed message".
  private static final String TEXT =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

  private static final String MESSAGE = "cosignature/v1\ntime 1679315147\n" + TEXT;
  private static final Instant AT = Instant.ofEpochSecond(1_679_315_147);

  private static final Signing LOG = Signing.of("example.com/behind-the-sofa", 1);
  private static final Signing WITNESS = Signing.of("witness.example/w1", 2);
  private static final Signing OTHER = Signing.of("witness.example/w2", 3);

  private static String cosigned() {
    return SignedNote.sign(TEXT, LOG) + VerifiedCosignature.sign(TEXT, AT, WITNESS).text();
  }

  private static CosignedOutcome open(String note, Signing... witnesses) {
    return CosignedCheckpoint.open(
        note,
        LOG.name(),
        LOG.key(),
        Stream.of(witnesses).map(Signing::cosignatureKey).toArray(CosignatureKey[]::new));
  }

  @Test
  void format_theExampleMessage_isSignedAfterItsTime() throws Exception {
    NoteLine line = VerifiedCosignature.sign(TEXT, AT, WITNESS);
    byte[] bytes = line.signature().copy();
    assertThat(bytes).hasSize(72);
    assertThat(ByteBuffer.wrap(bytes).getLong()).isEqualTo(1_679_315_147);
    Signature plain = Signature.getInstance("Ed25519");
    plain.initSign(WITNESS.privateKey());
    plain.update(MESSAGE.getBytes(StandardCharsets.UTF_8));
    assertThat(Arrays.copyOfRange(bytes, 8, 72)).isEqualTo(plain.sign());
  }

  @Test
  void keyId_type4_isSha256OverNameLineFeedTypeAndKey() {
    CosignatureKey key = WITNESS.cosignatureKey();
    byte[] typed = new byte[33];
    typed[0] = 4;
    System.arraycopy(WITNESS.publicKey32(), 0, typed, 1, 32);
    Digest digest = Digest.of("witness.example/w1\n".getBytes(StandardCharsets.UTF_8), typed);
    assertThat(key.vkey()).startsWith("witness.example/w1+" + digest.hex().substring(0, 8) + "+B");
    assertThat(CosignatureKey.parse(key.vkey())).isEqualTo(key);
  }

  @Test
  void vkey_ofALog_isNoWitnesses() {
    assertThat(NoteKey.parse(LOG.key().vkey())).isEqualTo(LOG.key());
    assertThatThrownBy(() -> CosignatureKey.parse(LOG.key().vkey()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("type 4");
    assertThatThrownBy(() -> NoteKey.parse(WITNESS.cosignatureKey().vkey()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("type 1");
  }

  @Test
  void open_cosigned_givesWitnessAndTime() {
    assertThat(open(cosigned(), OTHER, WITNESS))
        .isInstanceOfSatisfying(
            CosignedOutcome.Genuine.class,
            genuine -> {
              assertThat(genuine.checkpoint().cosignatures())
                  .singleElement()
                  .satisfies(by -> {
                    assertThat(by.witness()).isEqualTo(WITNESS.cosignatureKey());
                    assertThat(by.at()).isEqualTo(AT);
                  });
              assertThat(genuine.checkpoint().signed().checkpoint().size()).isEqualTo(20_852_163);
            });
  }

  @Test
  void open_unknownWitness_countsForNothingAndDoesNoHarm() {
    assertThat(open(cosigned(), OTHER))
        .isInstanceOfSatisfying(
            CosignedOutcome.Genuine.class,
            genuine -> assertThat(genuine.checkpoint().cosignatures()).isEmpty());
    assertThat(SignedNote.open(cosigned(), LOG.key())).isInstanceOf(NoteOutcome.Genuine.class);
  }

  @Test
  void open_twoOfOneWitness_givesTheNewer() {
    String twice = cosigned() + VerifiedCosignature.sign(TEXT, AT.plusSeconds(10), WITNESS).text();
    assertThat(open(twice, WITNESS))
        .isInstanceOfSatisfying(
            CosignedOutcome.Genuine.class,
            genuine -> {
              assertThat(genuine.checkpoint().cosignatures())
                  .extracting(Cosignature::at)
                  .containsExactly(AT.plusSeconds(10));
              // A note that is cosigned every ten seconds must not grow with every time.
              assertThat(genuine.checkpoint().lines().lines()).hasSize(1);
            });
  }

  /// One field of a cosignature changed, everything else as in the one that is genuine.
  record Tampered(String what, String note) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Tampered> tampered() {
    NoteLine good = VerifiedCosignature.sign(TEXT, AT, WITNESS);
    byte[] bytes = good.signature().copy();
    return Stream.of(
        with("time one second later", flipped(bytes, 7)),
        with("time beyond 2^63 - 1", flipped(bytes, 0, 0x80)),
        with("time zero", timed(0)),
        with("time that no calendar has", timed(Long.MAX_VALUE)),
        with("first half of the signature", flipped(bytes, 8)),
        with("second half of the signature", flipped(bytes, 71)),
        with("too short", Arrays.copyOf(bytes, 71)),
        with("too long", Arrays.copyOf(bytes, 73)),
        with("no time at all", Arrays.copyOfRange(bytes, 8, 72)),
        of("another checkpoint", VerifiedCosignature.sign(TEXT + "x\n", AT, WITNESS)),
        of(
            "the text without the header",
            new NoteLine(good.name(), good.id(), Bytes.of(timed(TEXT)))),
        of(
            "another witness's signature",
            new NoteLine(
                good.name(), good.id(), VerifiedCosignature.sign(TEXT, AT, OTHER).signature())));
  }

  @ParameterizedTest
  @MethodSource
  void tampered(Tampered tampered) {
    assertThat(open(tampered.note, WITNESS)).isInstanceOf(CosignedOutcome.Refused.class);
    // Its twin, as it was signed.
    assertThat(open(cosigned(), WITNESS)).isInstanceOf(CosignedOutcome.Genuine.class);
  }

  @Test
  void open_logsSignatureUnderTheWitnesssName_isRefused() {
    // Type 1 and type 4 give the same key two ids: a note's signature is no cosignature.
    Signing both = Signing.of(LOG.name(), 1);
    String note = SignedNote.sign(TEXT, LOG);
    assertThat(open(note, both))
        .isInstanceOfSatisfying(
            CosignedOutcome.Genuine.class,
            genuine -> assertThat(genuine.checkpoint().cosignatures()).isEmpty());
  }

  @Test
  void sign_before1970_isRefused() {
    assertThatThrownBy(() -> VerifiedCosignature.sign(TEXT, Instant.EPOCH, WITNESS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void join_newerLines_takeThePlaceOfTheSameWitnesssOnly() {
    String other = SignedNote.sign(TEXT, LOG) + VerifiedCosignature.sign(TEXT, AT, OTHER).text();
    String newer =
        SignedNote.sign(TEXT, LOG)
            + VerifiedCosignature.sign(TEXT, AT.plusSeconds(9), WITNESS).text();
    String both = CosignedCheckpoint.join(other, genuine(cosigned()));
    String joined = CosignedCheckpoint.join(both, genuine(newer));
    assertThat(genuine(joined).cosignatures())
        .extracting(by -> by.witness().name() + " " + by.at().getEpochSecond())
        .containsExactlyInAnyOrder(
            "witness.example/w2 1679315147", "witness.example/w1 1679315156");
    assertThat(joined.lines().filter(line -> line.startsWith("—"))).hasSize(3);
  }

  private static CosignedCheckpoint genuine(String note) {
    return switch (open(note, WITNESS, OTHER)) {
      case CosignedOutcome.Genuine(var checkpoint) -> checkpoint;
      case CosignedOutcome.Refused(var why) -> throw new AssertionError(why);
    };
  }

  private static Tampered of(String what, NoteLine line) {
    return new Tampered(what, SignedNote.sign(TEXT, LOG) + line.text());
  }

  private static Tampered with(String what, byte[] signature) {
    return of(what, NoteLine.of(WITNESS.cosignatureKey().key(), signature));
  }

  private static byte[] flipped(byte[] bytes, int at) {
    return flipped(bytes, at, 1);
  }

  private static byte[] flipped(byte[] bytes, int at, int mask) {
    byte[] copy = bytes.clone();
    copy[at] = (byte) (copy[at] ^ mask);
    return copy;
  }

  /// Rightly signed over a time that is none.
  private static byte[] timed(long seconds) {
    return timed(seconds, "cosignature/v1\ntime " + seconds + "\n" + TEXT);
  }

  private static byte[] timed(String message) {
    return timed(AT.getEpochSecond(), message);
  }

  private static byte[] timed(long seconds, String message) {
    byte[] bare = WITNESS.sign(message.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(72).putLong(seconds).put(bare).array();
  }

  @Test
  void tampered_everyRow_differsFromTheGenuineOne() {
    List<String> notes = tampered().map(Tampered::note).toList();
    assertThat(notes).doesNotHaveDuplicates().doesNotContain(cosigned());
  }
}
