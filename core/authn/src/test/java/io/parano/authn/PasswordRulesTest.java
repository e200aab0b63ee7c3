package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.authn.PasswordRules.Composition;
import io.parano.authn.PasswordRules.Settings;
import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// NIST SP 800-63B-4 section 3.1.1.2, PCI DSS 8.3.6 and 8.3.7, ASVS 6.2.
class PasswordRulesTest {
  private static final Blocklist COMMON = Blocklist.common();
  private static final PasswordRules RULES = new PasswordRules(Settings.DEFAULT, COMMON);
  private static final List<String> HELENE =
      List.of("Hélène Dupont-Moreau", "hdupont", "helene@nuages.example", "Nuages & Cie");

  @ParameterizedTest
  @CsvSource({
    "tramway violon pétunia",
    "Zq7#vLw2-Trk",
    "ßüöä-нет-漢字-ελλ",
    "no digits nor capitals here",
    "le tramway de Dupont et le violon",
  })
  void check_strongPassword_isAccepted(String candidate) {
    assertThat(check(candidate)).isEqualTo(new PasswordVerdict.Accepted());
  }

  @ParameterizedTest
  @CsvSource({
    "Zq7#vLw2-Tr, PASSWORD_TOO_SHORT, TOO_SHORT",
    "éàüôîçÉÀÜÔÎ, PASSWORD_TOO_SHORT, TOO_SHORT",
    "1qaz2wSX3edC4rfv, PASSWORD_BLOCKLISTED, COMMON",
    "ＬＥＡＶＥＭＥＡＬＯＮＥ, PASSWORD_BLOCKLISTED, COMMON",
    "helene@nuages.example, PASSWORD_BLOCKLISTED, ABOUT_YOU",
    "HeleneDupontMoreau, PASSWORD_BLOCKLISTED, ABOUT_YOU",
    "DupontMoreau1, PASSWORD_GUESSABLE, ABOUT_YOU",
    "Hélène-Dupont!2024, PASSWORD_GUESSABLE, ABOUT_YOU",
    "dupontmoreaudupont, PASSWORD_GUESSABLE, ABOUT_YOU",
    "nuagescie2024, PASSWORD_GUESSABLE, ABOUT_YOU",
    "P@ssw0rd2024!, PASSWORD_GUESSABLE, COMMON",
    "azertyuiopqsdfghjk, PASSWORD_GUESSABLE, KEYBOARD_ROWS",
    "soleilbonjour, PASSWORD_GUESSABLE, FEW_WORDS",
    "tramtramtramtram, PASSWORD_GUESSABLE, REPEATS",
    "abcdefghijklmnop, PASSWORD_GUESSABLE, SEQUENCES",
  })
  void check_weakPassword_isRefusedWithAdvice(
      String candidate, Reason reason, PasswordAdvice advice) {
    switch (check(candidate)) {
      case PasswordVerdict.Refused refused -> {
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.advice()).isEqualTo(advice);
      }
      case PasswordVerdict other -> assertThat(other).isInstanceOf(PasswordVerdict.Refused.class);
    }
  }

  @Test
  void check_twelveCodePoints_areEnoughWhateverTheirBytes() {
    assertThat(check("🜀🜁🜂🜃🜄🜅🜆🜇🜈🜉🜊")).isInstanceOf(PasswordVerdict.Refused.class);
    assertThat(check("🜀🜁🜂🜃🜄🜅🜆🜇🜈🜉🜊🜋")).isEqualTo(new PasswordVerdict.Accepted());
  }

  @Test
  void check_lengthIsCountedInNormalForm() {
    // Eleven letters typed as letter and accent are eleven characters, not twenty-two.
    assertRefused("e\u0301".repeat(11), Reason.PASSWORD_TOO_SHORT);
  }

  @Test
  void check_256CodePoints_areTakenAndNotOneMore() {
    String long256 = "Zq7#vLw2-Trk".repeat(22).substring(0, 244) + "the very end";
    assertThat(long256).hasSize(256);
    assertThat(check(long256)).isEqualTo(new PasswordVerdict.Accepted());
    assertRefused(long256 + "x", Reason.PASSWORD_TOO_LONG);
  }

  @Test
  void check_whatIsNoText_isRefused() {
    assertRefused("tramway violon\0pétunia", Reason.PASSWORD_NOT_TEXT);
    assertRefused("tramway violon \u0378", Reason.PASSWORD_NOT_TEXT);
    assertThat(
            RULES.check(Secret.of(new byte[] {(byte) 0xc0, (byte) 0x80}), List.of(), Earlier.NONE))
        .isEqualTo(
            new PasswordVerdict.Refused(Reason.PASSWORD_NOT_TEXT, PasswordAdvice.NOT_TEXT, 0));
  }

  @Test
  void check_longPasswordOfSubstitutions_isWeighedByItsBeginning() {
    // All of it takes zxcvbn seconds; the verdict needs a beginning only.
    assertThat(check("4@8({[<369&#!10$5+7%2".repeat(12))).isEqualTo(new PasswordVerdict.Accepted());
    assertRefused(
        "password".repeat(5) + "4@8({[<369&#!10$5+7%2".repeat(10), Reason.PASSWORD_GUESSABLE);
  }

  @Test
  void check_usedBefore_isRefused() {
    Earlier earlier = candidate -> new PasswordOutcome.Right(true);
    assertThat(RULES.check(Secret.ofText("tramway violon pétunia"), HELENE, earlier))
        .isEqualTo(
            new PasswordVerdict.Refused(
                Reason.PASSWORD_USED_BEFORE, PasswordAdvice.USED_BEFORE, 0));
  }

  @Test
  void check_earlierCannotBeAsked_isBusy() {
    Earlier earlier = candidate -> new PasswordOutcome.Busy();
    assertThat(RULES.check(Secret.ofText("tramway violon pétunia"), HELENE, earlier))
        .isEqualTo(new PasswordVerdict.Busy());
  }

  @Test
  void check_pciComposition_asksForALetterAndADigit() {
    var pci = new PasswordRules(new Settings(12, Composition.LETTER_AND_DIGIT), COMMON);
    assertThat(pci.check(Secret.ofText("tramway violon pétunia"), List.of(), Earlier.NONE))
        .isEqualTo(
            new PasswordVerdict.Refused(
                Reason.PASSWORD_GUESSABLE, PasswordAdvice.LETTER_AND_DIGIT, 0));
    assertThat(pci.check(Secret.ofText("tramway violon 7 pétunia"), List.of(), Earlier.NONE))
        .isEqualTo(new PasswordVerdict.Accepted());
  }

  @Test
  void check_operatorsOwnList_countsToo() {
    var own = new PasswordRules(Settings.DEFAULT, COMMON.with(List.of("Tramway Violon Pétunia")));
    assertThat(own.check(Secret.ofText("tramway violon pétunia"), List.of(), Earlier.NONE))
        .isInstanceOf(PasswordVerdict.Refused.class);
  }

  @Test
  void settings_shorterThanTwelve_cannotBeBuilt() {
    assertThatThrownBy(() -> new Settings(11, Composition.FREE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blocklist_holdsThirtyThousand() {
    assertThat(COMMON.size()).isGreaterThanOrEqualTo(29_000);
  }

  @ParameterizedTest
  @EnumSource(PasswordAdvice.class)
  void text_everyAdvice_isInBothLanguages(PasswordAdvice advice) {
    var refused = new PasswordVerdict.Refused(Reason.PASSWORD_GUESSABLE, advice, 12);
    for (Language language : Language.values()) {
      assertThat(refused.text(language)).isNotBlank().doesNotContain("%");
    }
    assertThat(refused.text(Language.EN)).isNotEqualTo(refused.text(Language.FR));
  }

  private static PasswordVerdict check(String candidate) {
    return RULES.check(Secret.ofText(candidate), HELENE, Earlier.NONE);
  }

  private static void assertRefused(String candidate, Reason reason) {
    switch (check(candidate)) {
      case PasswordVerdict.Refused refused -> assertThat(refused.reason()).isEqualTo(reason);
      case PasswordVerdict other -> assertThat(other).isInstanceOf(PasswordVerdict.Refused.class);
    }
  }
}
