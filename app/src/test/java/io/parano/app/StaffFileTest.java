package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaffFileTest {
  private static final String HEAD = "name,displayName,email,groups,language\n";

  @Test
  void read_everyWayOfWriting_givesTheSamePeople() {
    List<StaffFile.Somebody> plain =
        people(HEAD + "lea,\"Léa \"\"L\"\" Fontaine\",lea@example.test,a b,fr\n");
    assertThat(plain)
        .singleElement()
        .satisfies(one -> {
          assertThat(one.line()).isEqualTo(2);
          assertThat(one.newcomer().displayName()).isEqualTo("Léa \"L\" Fontaine");
          assertThat(one.newcomer().groups()).containsExactly("a", "b");
          assertThat(one.newcomer().language()).isEqualTo(Language.FR);
        });
    assertThat(
            people(
                String.join(
                    "\r\n",
                    "\ufeffemail;language;name;groups;displayName",
                    "lea@example.test;fr;lea;b|a;\"Léa \"\"L\"\" Fontaine\"",
                    "")))
        .isEqualTo(plain);
  }

  @Test
  void read_columnsThatMayBeMissing_areMissing() {
    assertThat(people("name,displayName,email\n\ntom,Tom Baker,tom@example.test"))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.line()).isEqualTo(3);
          assertThat(one.newcomer().groups()).isEmpty();
          assertThat(one.newcomer().language()).isEqualTo(Language.EN);
        });
  }

  /** Each row: the file behind its first line, the line that is told, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "Lea,Lea,lea@example.test,,en # 2 # sign-in name",
        "lea,,lea@example.test,,en # 2 # full name",
        "lea,Lea,lea.example.test,,en # 2 # e-mail address",
        "lea,Lea,lea@example.test,,de # 2 # language en or fr",
        "lea,Lea,lea@example.test,,en\\nlea,Lea,lea@example.test,,en # 3 # on line 2 already",
        "lea,Lea,lea@example.test # 2 # expected 5 fields as in the first line, found 3",
        "lea,\"Le\\na,lea@example.test,,en # 2 # never closed",
        "\\nx y,Lea,lea@example.test,,en # 3 # sign-in name",
        "\\n # 1 # nobody after the first line",
      })
  void read_mistake_isToldWithItsLine(String rest, int line, String said) {
    assertThat(mistakes(HEAD + rest.replace("\\n", "\n")))
        .anySatisfy(mistake -> {
          assertThat(mistake.line()).isEqualTo(line);
          assertThat(mistake.text()).contains(said);
        });
  }

  @Test
  void read_severalMistakes_tellsAllOfThem() {
    assertThat(mistakes(HEAD + "A,,x,,de\nlea,Lea,lea@example.test,,en\nB,B,b@example.test,,en\n"))
        .extracting(StaffFile.Mistake::line)
        .containsExactly(2, 2, 2, 2, 4);
  }

  @Test
  void read_wrongColumns_areToldWithTheNearestRightOne() {
    assertThat(mistakes("name,displayname,email,colour,email\n"))
        .extracting(StaffFile.Mistake::text)
        .anyMatch(text -> text.contains("did you mean displayName?"))
        .anyMatch(text -> text.contains("found \"colour\""))
        .anyMatch(text -> text.contains("email is there twice"))
        .anyMatch(text -> text.contains("displayName is missing"));
    assertThat(mistakes("")).hasSize(1);
  }

  @Test
  void read_moreThanAnActAdmits_isRefusedAndAsManyAreNot() {
    StringBuilder file = new StringBuilder(HEAD);
    for (int i = 0; i < StaffFile.MOST; i++) {
      file.append("p").append(i).append(",P,p@example.test,,en\n");
    }
    assertThat(people(file.toString())).hasSize(StaffFile.MOST);
    file.append("one-more,P,p@example.test,,en\n");
    assertThat(mistakes(file.toString()))
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.line()).isEqualTo(StaffFile.MOST + 2));
  }

  private static List<StaffFile.Somebody> people(String text) {
    return switch (StaffFile.read(text)) {
      case StaffFile.Reading.Read(var people) -> people;
      case StaffFile.Reading.Mistaken(var mistakes) -> throw new AssertionError(mistakes);
    };
  }

  private static List<StaffFile.Mistake> mistakes(String text) {
    return switch (StaffFile.read(text)) {
      case StaffFile.Reading.Mistaken(var mistakes) -> mistakes;
      case StaffFile.Reading.Read(var people) -> throw new AssertionError(people);
    };
  }
}
