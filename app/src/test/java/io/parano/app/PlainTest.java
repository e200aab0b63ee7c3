package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"\u001b[2J", "\r", "\n", "\u0007", "\u009b31m", "\u202e", "\u2066", "\u200f"})
  void of_whatMovesATerminal_isWrittenOut(String hostile) throws IOException {
    assertThat(Plain.of("a" + hostile + "b").chars()).allMatch(c -> Plain.harmless((char) (int) c));
    String json = Json.object("name", hostile).toString();
    assertThat(json.chars()).allMatch(c -> Plain.harmless((char) (int) c));
    assertThat(Json.read(json).text("name")).isEqualTo(hostile);
  }

  @Test
  void of_whatPeopleWrite_staysAsItIs() {
    assertThat(Plain.of("Léa « 东京 » 😀")).isEqualTo("Léa « 东京 » 😀");
    assertThat(Plain.lines("a\nb\u001bc")).isEqualTo("a\nb\\u001bc");
  }
}
