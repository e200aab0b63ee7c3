package io.parano.authn;

import static io.parano.authn.YubicoVectorsTest.otp;
import static io.parano.authn.YubicoVectorsTest.seed;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.testkit.OtpKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What makes a one-time password count, and one thing wrong at a time.
final class YubicoOtpTest {
  private static final String KEY = "000102030405060708090a0b0c0d0e0f";
  private static final String PRIVATE_ID = "010203040506";
  private static final String PUBLIC_ID = "vvbrclkjhgfd";
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
  private static final Randomness RANDOMNESS = new Random(7)::nextBytes;

  /// Where the token stands in every test: second use of its fifth power-up, at tick 1000.
  private static final OtpUse LAST = new OtpUse(5, 2, 1000, NOW, "aaaaaaaaaaaaaaaa");

  private final OtpKey token = OtpKey.of(PUBLIC_ID, PRIVATE_ID, KEY, RANDOMNESS);

  @Test
  void verify_nextUse_isAcceptedWithTheCountersToStore() {
    OtpOutcome outcome = verify(token.say(5, 3, 1080), "n", NOW.plusSeconds(10));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            OtpOutcome.Accepted.class,
            accepted ->
                assertThat(accepted.use())
                    .isEqualTo(new OtpUse(5, 3, 1080, NOW.plusSeconds(10), "n")));
  }

  @Test
  void verify_firstUseEver_isAcceptedWhateverTheCounters() {
    for (String first : List.of(token.say(0, 0, 0), token.say(1, 0, 5), token.say(900, 200, 5))) {
      assertThat(YubicoOtp.verify(otp(first), seed(KEY, PRIVATE_ID), OtpUse.NEVER, "", NOW))
          .isInstanceOf(OtpOutcome.Accepted.class);
    }
  }

  @Test
  void verify_oneThingWrong_refusesByItsNameAlone() {
    String good = token.say(5, 3, 1000);
    String otherKey = OtpKey.of(PUBLIC_ID, PRIVATE_ID, "f".repeat(32), RANDOMNESS).say(5, 3, 1000);
    String otherId = OtpKey.of(PUBLIC_ID, "010203040507", KEY, RANDOMNESS).say(5, 3, 1000);

    assertThat(verify(good)).isInstanceOf(OtpOutcome.Accepted.class);
    assertThat(verify(otherKey)).isEqualTo(refused(Reason.OTP_UNDECIPHERABLE));
    assertThat(verify(token.over(new byte[16]))).isEqualTo(refused(Reason.OTP_UNDECIPHERABLE));
    assertThat(verify(otherId)).isEqualTo(refused(Reason.OTP_PRIVATE_ID_MISMATCH));
    assertThat(verify(token.say(0x7fff, 3, 1000))).isEqualTo(refused(Reason.OTP_TOKEN_WORN_OUT));
    assertThat(verify(token.say(5, 2, 1000))).isEqualTo(refused(Reason.OTP_REPLAYED));
    assertThat(verify(token.say(5, 1, 1000))).isEqualTo(refused(Reason.OTP_REPLAYED));
    assertThat(verify(token.say(4, 255, 1000))).isEqualTo(refused(Reason.OTP_REPLAYED));
  }

  @Test
  void verify_everyLetterOfTheBlockChanged_isRefused() {
    String good = token.say(5, 3, 1000);
    List<OtpOutcome> outcomes = new ArrayList<>();
    for (int at = PUBLIC_ID.length(); at < good.length(); at++) {
      for (char letter : Modhex.LETTERS.toCharArray()) {
        if (letter != good.charAt(at)) {
          outcomes.add(verify(good.substring(0, at) + letter + good.substring(at + 1)));
        }
      }
    }
    assertThat(outcomes)
        .hasSize(32 * 15)
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(OtpOutcome.Refused.class));
  }

  @Test
  void verify_counters_areComparedUsageFirst() {
    assertThat(verify(token.say(6, 0, 0))).isInstanceOf(OtpOutcome.Accepted.class);
    assertThat(verify(token.say(0x7ffe, 0, 0))).isInstanceOf(OtpOutcome.Accepted.class);
    assertThat(verify(token.say(5, 255, 1000))).isInstanceOf(OtpOutcome.Accepted.class);
  }

  @Test
  void verify_topBitOfTheUsageCounter_saysNothing() {
    assertThat(verify(token.say(0x8005, 3, 1000)))
        .isInstanceOfSatisfying(
            OtpOutcome.Accepted.class, accepted -> assertThat(accepted.use().usage()).isEqualTo(5));
    assertThat(verify(token.say(0x8005, 2, 1000))).isEqualTo(refused(Reason.OTP_REPLAYED));
    assertThat(verify(token.say(0xffff, 3, 1000))).isEqualTo(refused(Reason.OTP_TOKEN_WORN_OUT));
  }

  @Test
  void verify_sameCountersAgain_tellsARepeatedRequestFromAReplay() {
    String same = token.say(5, 2, 1000);

    assertThat(verify(same, "aaaaaaaaaaaaaaaa", NOW))
        .isEqualTo(refused(Reason.OTP_REQUEST_REPLAYED));
    assertThat(verify(same, "bbbbbbbbbbbbbbbb", NOW)).isEqualTo(refused(Reason.OTP_REPLAYED));
    // Without a nonce no request can be told from another.
    OtpUse nameless = new OtpUse(5, 2, 1000, NOW, "");
    assertThat(YubicoOtp.verify(otp(same), seed(KEY, PRIVATE_ID), nameless, "", NOW))
        .isEqualTo(refused(Reason.OTP_REPLAYED));
  }

  @Test
  void verify_heldBackWithinOnePowerUp_isDelayedAndUsedUp() {
    String pressedAtOnce = token.say(5, 3, 1000 + 8);
    Instant later = NOW.plusSeconds(61);

    assertThat(verify(pressedAtOnce, "n", NOW.plusSeconds(1)))
        .isInstanceOf(OtpOutcome.Accepted.class);
    assertThat(verify(pressedAtOnce, "n", later))
        .isEqualTo(
            new OtpOutcome.Delayed(new OtpUse(5, 3, 1000, NOW, "n"), Duration.ofSeconds(60)));
  }

  @Test
  void verify_clocks_bearTwentySecondsOrThreeTenths() {
    assertThat(verify(token.say(5, 3, 1000), "", NOW.plusSeconds(20)))
        .isInstanceOf(OtpOutcome.Accepted.class);
    assertThat(verify(token.say(5, 3, 1000), "", NOW.plusMillis(20_250)))
        .isInstanceOf(OtpOutcome.Delayed.class);
    // 1000 s by our clock, 701 s and 699 s by the token's.
    assertThat(verify(token.say(5, 3, 1000 + 701 * 8), "", NOW.plusSeconds(1000)))
        .isInstanceOf(OtpOutcome.Accepted.class);
    assertThat(verify(token.say(5, 3, 1000 + 699 * 8), "", NOW.plusSeconds(1000)))
        .isInstanceOf(OtpOutcome.Delayed.class);
    // A token ahead of us is as implausible.
    assertThat(verify(token.say(5, 3, 1000 + 100 * 8), "", NOW.plusSeconds(10)))
        .isInstanceOf(OtpOutcome.Delayed.class);
  }

  @Test
  void verify_tokensClockTurnsOver_isAccepted() {
    OtpUse beforeTheTurn = new OtpUse(5, 2, 0xfffff0, NOW, "");
    String afterIt = token.say(5, 3, 0x40);

    assertThat(
            YubicoOtp.verify(
                otp(afterIt), seed(KEY, PRIVATE_ID), beforeTheTurn, "", NOW.plusSeconds(10)))
        .isInstanceOf(OtpOutcome.Accepted.class);
    assertThat(
            YubicoOtp.verify(
                otp(afterIt), seed(KEY, PRIVATE_ID), beforeTheTurn, "", NOW.plusSeconds(100)))
        .isInstanceOf(OtpOutcome.Delayed.class);
  }

  @Test
  void verify_ourClockWentBack_takesNoTimeToHavePassed() {
    assertThat(verify(token.say(5, 3, 1000 + 80), "", NOW.minusSeconds(3600)))
        .isInstanceOf(OtpOutcome.Accepted.class);
    assertThat(verify(token.say(5, 3, 1000 + 800), "", NOW.minusSeconds(3600)))
        .isInstanceOf(OtpOutcome.Delayed.class);
  }

  @Test
  void verify_newPowerUp_startsTheClockAnew() {
    assertThat(verify(token.say(6, 0, 77), "", NOW.plusSeconds(9999)))
        .isInstanceOf(OtpOutcome.Accepted.class);
  }

  @Test
  void read_capitalsAndDvorak_areTakenForWhatTheyAre() {
    String modhex = "dteffujehknhfjbrjnlnldnhcujvddbikngjrtgh";
    String dvorak =
        modhex
            .chars()
            .map(c -> "jxe.uidchtnbpygk".charAt(Modhex.LETTERS.indexOf(c)))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    for (String typed : List.of(modhex, modhex.toUpperCase(java.util.Locale.ROOT), dvorak)) {
      assertThat(otp(typed).publicId()).isEqualTo("dteffuje");
      assertThat(otp(typed).block()).isEqualTo(otp(modhex).block());
    }
  }

  @Test
  void read_lettersOfBothSpellings_staysModhex() {
    String both = "cbdehijkngtu".replace("bk", "ck").substring(0, 8) + "cdeghijn".repeat(4);

    assertThat(otp(both).publicId()).isEqualTo(both.substring(0, 8));
  }

  @Test
  void read_anythingElse_isMalformed() {
    String block = "c".repeat(32);
    for (String typed :
        List.of(
            "",
            "c".repeat(31),
            "c".repeat(49),
            "a" + block,
            " " + block,
            block + "\n",
            "é" + block,
            "K" + block.substring(1) + "\u212a",
            "cccccccccccc-" + block.substring(1),
            "o".repeat(44))) {
      assertThat(OtpText.read(typed)).as(typed).isEqualTo(new OtpText.Reading.Malformed());
    }
    assertThat(otp(block).publicId()).isEmpty();
    assertThat(otp("cccccccccccccccc" + block).publicId()).hasSize(16);
  }

  @Test
  void toString_ofSecrets_showsNone() {
    String otp = token.say(5, 3, 1000);

    assertThat(otp(otp).toString()).doesNotContain(otp.substring(12));
    assertThat(seed(KEY, PRIVATE_ID).toString()).isEqualTo("OtpSeed[…]");
  }

  private OtpOutcome verify(String otp) {
    return verify(otp, "", NOW);
  }

  private static OtpOutcome verify(String otp, String nonce, Instant now) {
    return YubicoOtp.verify(otp(otp), seed(KEY, PRIVATE_ID), LAST, nonce, now);
  }

  private static OtpOutcome refused(Reason reason) {
    return new OtpOutcome.Refused(reason);
  }
}
