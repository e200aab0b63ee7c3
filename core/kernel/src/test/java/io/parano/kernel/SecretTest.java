package io.parano.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final String WORD = "correct horse";

  private record Holder(String name, Secret secret) {}

  @Test
  void toString_anywhere_showsNothingButTheLength() {
    Secret secret = Secret.ofText(WORD);
    assertThat(secret).hasToString("Secret[13 bytes]");
    assertThat(new Holder("anne", secret).toString()).doesNotContain("correct").contains("anne");
    assertThat(List.of(secret).toString()).doesNotContain("correct");
    assertThat(secret.hashCode()).isNotEqualTo(Secret.ofText(WORD).hashCode());
    assertThat(secret).isNotEqualTo(Secret.ofText(WORD));
  }

  @Test
  void matches_sameBytes_holdsOnlyForThem() {
    Secret secret = Secret.ofText(WORD);
    assertThat(secret.matches(Secret.of(WORD.getBytes(StandardCharsets.UTF_8)))).isTrue();
    assertThat(secret.matches(Secret.ofText("correct horsf"))).isFalse();
    assertThat(secret.matches(Secret.ofText("correct hors"))).isFalse();
    assertThat(secret.matches(Secret.ofText(""))).isFalse();
  }

  @Test
  void ofText_anyCharacters_areUtf8() {
    assertThat(Secret.ofText("é€\ud83d\ude00").copy())
        .isEqualTo("é€\ud83d\ude00".getBytes(StandardCharsets.UTF_8));
    assertThat(Secret.ofText(CharBuffer.wrap(WORD)).copy())
        .isEqualTo(WORD.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void of_arrayChangedAfterwards_keepsItsOwn() {
    byte[] bytes = {1, 2, 3};
    Secret secret = Secret.of(bytes);
    bytes[0] = 9;
    secret.copy()[1] = 9;
    assertThat(secret.copy()).containsExactly(1, 2, 3);
  }

  @Test
  void random_length_isFilledFromRandomness() {
    assertThat(Secret.random(4, bytes -> Arrays.fill(bytes, (byte) 7)).copy())
        .containsExactly(7, 7, 7, 7);
  }

  @Test
  void wipe_secret_refusesEveryUseAfterwards() {
    Secret secret = Secret.ofText(WORD);
    try (Secret closing = secret) {
      assertThat(closing.digest()).isEqualTo(Digest.of(WORD.getBytes(StandardCharsets.UTF_8)));
    }
    Secret other = Secret.ofText(WORD);
    List<ThrowingCallable> uses =
        List.of(
            secret::copy, secret::digest, () -> secret.matches(other), () -> other.matches(secret));
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use).isInstanceOf(IllegalStateException.class);
    }
    assertThat(secret).hasToString("Secret[13 bytes]");
  }
}
