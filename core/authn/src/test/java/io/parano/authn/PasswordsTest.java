package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// NIST SP 800-63B-4 section 3.1.1.2 on storing and verifying.
class PasswordsTest {
  private static final Argon2Parameters CURRENT = new Argon2Parameters(64, 2, 1);
  private static final PasswordOutcome WRONG = new PasswordOutcome.Wrong();
  private static final PasswordOutcome RIGHT = new PasswordOutcome.Right(false);

  private final ReckonedArgon2 argon2 = new ReckonedArgon2();
  private final Randomness randomness = new Random(1)::nextBytes;
  private final Passwords passwords = new Passwords(argon2, CURRENT, randomness);

  @Test
  void verify_samePassword_isRight() {
    String phc = passwords.hash(Secret.ofText("correct horse"));
    assertThat(phc).startsWith("$argon2id$v=19$m=64,t=2,p=1$");
    assertThat(passwords.verify(Secret.ofText("correct horse"), phc)).isEqualTo(RIGHT);
  }

  @Test
  void verify_otherPassword_isWrong() {
    String phc = passwords.hash(Secret.ofText("correct horse"));
    assertThat(passwords.verify(Secret.ofText("Correct horse"), phc)).isEqualTo(WRONG);
    assertThat(passwords.verify(Secret.ofText(""), phc)).isEqualTo(WRONG);
  }

  @Test
  void hash_samePasswordTwice_differsBySalt() {
    assertThat(passwords.hash(Secret.ofText("correct horse")))
        .isNotEqualTo(passwords.hash(Secret.ofText("correct horse")));
  }

  @Test
  void verify_longPasswordWithOtherEnd_isWrong() {
    String phc = passwords.hash(Secret.ofText("x".repeat(200) + "a"));
    assertThat(passwords.verify(Secret.ofText("x".repeat(200) + "b"), phc)).isEqualTo(WRONG);
  }

  @Test
  void verify_otherNormalForm_isRight() {
    String composed = passwords.hash(Secret.ofText("cr\u00e9meux au caf\u00e9"));
    assertThat(passwords.verify(Secret.ofText("cre\u0301meux au cafe\u0301"), composed))
        .isEqualTo(RIGHT);
    String apart = passwords.hash(Secret.ofText("cre\u0301meux au cafe\u0301"));
    assertThat(passwords.verify(Secret.ofText("cr\u00e9meux au caf\u00e9"), apart))
        .isEqualTo(RIGHT);
  }

  @Test
  void verify_whatIsNoText_isWrongAfterTheSameWork() {
    String phc = passwords.hash(Secret.ofText("correct horse"));
    int before = argon2.asked();
    assertThat(passwords.verify(Secret.of(new byte[] {'a', (byte) 0xff}), phc)).isEqualTo(WRONG);
    assertThat(argon2.asked()).isEqualTo(before + 1);
  }

  @Test
  void hash_whatIsNoText_isABug() {
    assertThatThrownBy(() -> passwords.hash(Secret.of(new byte[] {'a', 0})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> passwords.hash(Secret.of(new byte[] {(byte) 0xc3})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void verify_weakerParameters_isOutdated() {
    Secret password = Secret.ofText("correct horse");
    String weaker = hashedWith(new Argon2Parameters(32, 4, 1), password);
    String lessWork = hashedWith(new Argon2Parameters(64, 1, 1), password);
    String stronger = hashedWith(new Argon2Parameters(128, 1, 1), password);
    assertThat(passwords.verify(password, weaker)).isEqualTo(new PasswordOutcome.Right(true));
    assertThat(passwords.verify(password, lessWork)).isEqualTo(new PasswordOutcome.Right(true));
    assertThat(passwords.verify(password, stronger)).isEqualTo(RIGHT);
  }

  @Test
  void verify_whileBusy_triesNothing() {
    String phc = passwords.hash(Secret.ofText("correct horse"));
    argon2.becomeBusy();
    assertThat(passwords.verify(Secret.ofText("correct horse"), phc))
        .isEqualTo(new PasswordOutcome.Busy());
    assertThat(passwords.verifyNobody(Secret.ofText("correct horse")))
        .isEqualTo(new PasswordOutcome.Busy());
  }

  @Test
  void verifyNobody_anyPassword_isWrongAfterTheSameWork() {
    int before = argon2.asked();
    assertThat(passwords.verifyNobody(Secret.ofText("correct horse"))).isEqualTo(WRONG);
    assertThat(argon2.asked()).isEqualTo(before + 1);
  }

  @Test
  void verify_unreadableHash_isAFaultThatDoesNotShowIt() {
    assertThatThrownBy(() -> passwords.verify(Secret.ofText("correct horse"), "$6$salt$hash"))
        .isInstanceOf(Passwords.HashUnreadable.class)
        .hasMessageNotContaining("$6$");
  }

  @Test
  void earlier_oneOfThem_isRight() {
    List<String> hashes =
        List.of(
            passwords.hash(Secret.ofText("the first of all")),
            passwords.hash(Secret.ofText("the second of all")));
    Earlier earlier = passwords.earlier(hashes);
    assertThat(earlier.verify(Secret.ofText("the second of all"))).isEqualTo(RIGHT);
    assertThat(earlier.verify(Secret.ofText("the third of all"))).isEqualTo(WRONG);
  }

  private String hashedWith(Argon2Parameters parameters, Secret password) {
    return new Passwords(argon2, parameters, randomness).hash(password);
  }
}
