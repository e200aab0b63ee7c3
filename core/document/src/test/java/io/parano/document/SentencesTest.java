package io.parano.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Language;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SentencesTest {
  @ParameterizedTest
  @EnumSource(Flaw.class)
  void flaw_inEveryLanguage_hasASentence(Flaw flaw) {
    List<String> arguments = IntStream.range(0, 3).mapToObj(i -> "word" + i).toList();
    Mistake mistake = new Mistake(1, 1, flaw, arguments, "nearby");
    assertThat(mistake.text(Language.EN)).isNotEqualTo(mistake.text(Language.FR));
    assertThat(mistake.text(Language.EN)).endsWith("did you mean \"nearby\"?");
    assertThat(mistake.text(Language.FR)).endsWith("vouliez-vous dire « nearby » ?");
  }

  @Test
  void say_argumentThatLooksLikeAPlaceholder_staysAsItIs() {
    String said = Flaw.SENTENCES.say(Language.EN, "mistake.key-twice", "{1}", "7");
    assertThat(said).isEqualTo("the key \"{1}\" was given before, on line 7");
  }
}
