package io.parano.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Randomness;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeysetSealerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final byte[] PLAIN = "a password hash".getBytes(UTF_8);

  private final Randomness randomness = new Random(3)::nextBytes;
  private final Keyset keyset = Keyset.fresh(NOW, randomness);
  private final KeysetSealer sealer = keyset.sealer(randomness);

  @Test
  void open_whatWasSealed_givesItBack() {
    assertThat(opened(sealer, sealer.seal(PLAIN, "person/7/password"), "person/7/password"))
        .isEqualTo(PLAIN);
    assertThat(opened(sealer, sealer.seal(new byte[0], ""), "")).isEmpty();
  }

  @Test
  void seal_sameTwice_differs() {
    assertThat(sealer.seal(PLAIN, "here")).isNotEqualTo(sealer.seal(PLAIN, "here"));
  }

  @Test
  void open_movedToAnotherContext_isBroken() {
    byte[] sealed = sealer.seal(PLAIN, "person/7/password");
    assertBroken(sealed, "person/8/password");
    assertBroken(sealed, "person/7/password ");
    assertBroken(sealed, "");
  }

  @Test
  void open_anyBitAltered_isBroken() {
    byte[] sealed = sealer.seal(PLAIN, "here");
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertBroken(altered, "here");
    }
  }

  @Test
  void open_anyLengthCut_isBroken() {
    byte[] sealed = sealer.seal(PLAIN, "here");
    for (int length = 0; length < sealed.length; length++) {
      assertBroken(Arrays.copyOf(sealed, length), "here");
    }
    assertBroken(Arrays.copyOf(sealed, sealed.length + 1), "here");
  }

  @Test
  void open_sealedUnderAnotherKeyset_isBroken() {
    assertBroken(Keyset.fresh(NOW, randomness).sealer(randomness).seal(PLAIN, "here"), "here");
  }

  @Test
  void with_newerSealingKey_sealsUnderItAndOpensBoth() {
    byte[] old = sealer.seal(PLAIN, "here");
    KeysetSealer renewed = keyset.with(KeyPurpose.SEALING, NOW, randomness).sealer(randomness);
    byte[] fresh = renewed.seal(PLAIN, "here");
    assertThat(opened(renewed, old, "here")).isEqualTo(PLAIN);
    assertThat(opened(renewed, fresh, "here")).isEqualTo(PLAIN);
    assertBroken(fresh, "here");
    assertThat(Arrays.copyOf(fresh, 5)).containsExactly(1, 0, 0, 0, 2);
    assertThat(renewed.tag(PLAIN, "here")).isEqualTo(sealer.tag(PLAIN, "here"));
  }

  @Test
  void follow_newerKeyset_sealsUnderItAndOpensWhatIsUnderWay() {
    byte[] old = sealer.seal(PLAIN, "here");
    assertThat(sealer.isFresh(old)).isTrue();
    Keyset newer = keyset.with(KeyPurpose.SEALING, NOW, randomness).without(KeyPurpose.SEALING);
    sealer.follow(newer);
    assertThat(sealer.isFresh(old)).isFalse();
    assertThat(sealer.isFresh(sealer.seal(PLAIN, "here"))).isTrue();
    assertThat(opened(sealer, old, "here")).isEqualTo(PLAIN);
    assertThatThrownBy(() -> newer.sealer(randomness).open(old, "here"))
        .isInstanceOf(Sealer.SealBroken.class);
  }

  /// Strangers who all changed on one day would show who is none.
  @Test
  void tag_newerTaggingKey_isAsBefore() {
    Keyset before = Keyset.read(Arrays.copyOf(keyset.write(), 5 * 45)).orElseThrow();
    byte[] tag = before.sealer(randomness).tag(PLAIN, "here");
    Keyset newer = before.with(KeyPurpose.TAGGING, NOW, randomness).without(KeyPurpose.TAGGING);
    assertThat(newer.sealer(randomness).tag(PLAIN, "here")).isEqualTo(tag);
    assertThat(newer.rowTagger().tag("row", PLAIN))
        .isNotEqualTo(before.rowTagger().tag("row", PLAIN));
    assertThat(keyset.sealer(randomness).tag(PLAIN, "here")).isNotEqualTo(tag);
  }

  @Test
  void open_olderKeysName_doesNotOpenUnderIt() {
    byte[] fresh =
        keyset.with(KeyPurpose.SEALING, NOW, randomness).sealer(randomness).seal(PLAIN, "here");
    fresh[4] = 1;
    assertBroken(fresh, "here");
  }

  @Test
  void close_keyset_leavesTheSealerWorking() {
    byte[] sealed = sealer.seal(PLAIN, "here");
    keyset.close();
    assertThat(opened(sealer, sealed, "here")).isEqualTo(PLAIN);
    assertThatThrownBy(() -> keyset.sealer(randomness)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tag_isHmacUnderAKeyOfItsOwn() throws Exception {
    byte[] derived =
        Hkdf.derive(
            keyset.newest(KeyPurpose.DECOYS).secret().copy(),
            new byte[0],
            "parano tag 1".getBytes(UTF_8),
            32);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(derived, "HmacSHA256"));
    mac.update(HexFormat.of().parseHex("00000004"));
    mac.update("here".getBytes(UTF_8));
    assertThat(sealer.tag(PLAIN, "here")).isEqualTo(mac.doFinal(PLAIN));
  }

  @Test
  void tag_contextAndContent_areKeptApart() {
    byte[] tag = sealer.tag("bc".getBytes(UTF_8), "a");
    assertThat(sealer.tag("bc".getBytes(UTF_8), "a")).isEqualTo(tag).hasSize(32);
    assertThat(sealer.tag("c".getBytes(UTF_8), "ab")).isNotEqualTo(tag);
    assertThat(sealer.tag("bc".getBytes(UTF_8), "b")).isNotEqualTo(tag);
  }

  @Test
  void read_whatIsNoKeyset_isEmpty() {
    byte[] written = keyset.write();
    assertThat(Keyset.read(written)).isPresent();
    assertThat(Keyset.read(new byte[0])).isEmpty();
    assertThat(Keyset.read(Arrays.copyOf(written, written.length - 1))).isEmpty();
    // Two of the three purposes that must be there.
    assertThat(Keyset.read(Arrays.copyOf(written, written.length / 3))).isEmpty();
    byte[] twice = Arrays.copyOf(written, written.length * 2);
    System.arraycopy(written, 0, twice, written.length, written.length);
    assertThat(Keyset.read(twice)).isEmpty();
    byte[] unknownPurpose = written.clone();
    unknownPurpose[0] = 9;
    assertThat(Keyset.read(unknownPurpose)).isEmpty();
  }

  @Test
  void toString_keyset_showsNoKey() {
    assertThat(keyset.toString())
        .contains("SEALING")
        .doesNotContain(
            HexFormat.of().formatHex(keyset.newest(KeyPurpose.SEALING).secret().copy()));
  }

  private void assertBroken(byte[] sealed, String context) {
    assertThatThrownBy(() -> sealer.open(sealed, context)).isInstanceOf(Sealer.SealBroken.class);
  }

  private static byte[] opened(KeysetSealer sealer, byte[] sealed, String context) {
    try (Secret secret = sealer.open(sealed, context)) {
      return secret.copy();
    }
  }
}
