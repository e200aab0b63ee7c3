package io.parano.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Language;
import org.junit.jupiter.api.Test;

class TextsTest {
  private final Texts english = Texts.in(Language.EN);
  private final Texts french = Texts.in(Language.FR);

  @Test
  void keys_bothLanguages_areTheSame() {
    assertThat(french.keys()).containsExactlyInAnyOrderElementsOf(english.keys());
  }

  @Test
  void say_apostrophes_survive() {
    assertThat(french.say("opening.staff", 9)).contains("9 autres personnes").doesNotContain("''");
    assertThat(english.say("step.cloned-token.attack")).contains("original's;");
  }

  @Test
  void say_filledIn_holdsTheValue() {
    assertThat(english.say("turn.where", "http://x/")).isEqualTo("Open http://x/");
  }
}
