package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
  @ParameterizedTest
  @EnumSource
  void texts_everyLanguage_haveExactlyThePhrases(Language language) {
    assertThat(Words.properties(language).stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Phrase.values()).map(Phrase::key).toList());
  }

  @ParameterizedTest
  @EnumSource
  void texts_eachPhrase_hasTheSameBlanksInEveryLanguage(Phrase phrase) {
    assertThat(blanks(Words.of(Language.FR).say(phrase)))
        .isEqualTo(blanks(Words.of(Language.EN).say(phrase)));
    assertThat(Words.of(Language.FR).say(phrase)).isNotBlank();
  }

  @Test
  void texts_french_neverBreakALineBeforePunctuation() {
    assertThat(Words.unbroken("Clé perdue ? Oui : « ici » ; là !"))
        .isEqualTo("Clé perdue\u202f? Oui\u00a0: «\u00a0ici\u00a0»\u202f; là\u202f!");
    assertThat(Arrays.stream(Phrase.values()).map(Words.of(Language.FR)::say))
        .noneMatch(text -> Pattern.compile(" [?!;:»]|« ").matcher(text).find());
    assertThat(Arrays.stream(Phrase.values()).map(Words.of(Language.FR)::say))
        .anyMatch(text -> text.contains("\u202f"));
  }

  private static List<String> blanks(String text) {
    return Pattern.compile("\\{[0-9]}")
        .matcher(text)
        .results()
        .map(m -> m.group())
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fr                         | FR
          fr-FR,fr;q=0.9,en;q=0.8    | FR
          en-GB,en;q=0.9,fr;q=0.8    | EN
          de,fr;q=0.5,en;q=0.4       | FR
          de                         | EN
          fr;q=0                     | EN
          *                          | EN
          fr;q=x                     | EN
          french                     | EN
          """)
  void preferred_header_findsTheBestOfOurs(String header, Language expected) {
    assertThat(Tongue.preferred(header)).isEqualTo(expected);
  }

  /// Whatever is refused on the way in sounds the same, whichever level it was.
  @Test
  void told_levelsOfTheWayIn_soundAlike() {
    assertThat(
            Arrays.stream(Reason.values())
                .filter(reason ->
                    switch (reason) {
                      case SOURCE_UNLISTED, SOURCE_NOT_ALLOWED, SOURCE_CUT, TOKEN_UNKNOWN -> true;
                      case TOKEN_CUT, TOKEN_SUSPENDED, TOKEN_OF_OTHER_PERSON -> true;
                      case PERSON_UNKNOWN, PERSON_FROZEN, PERSON_GONE, PERSON_INVITED -> true;
                      case SIGNATURE_INVALID, COUNTER_WENT_BACK, EVERYBODY_CUT -> true;
                      default -> false;
                    })
                .map(Outsider::of))
        .containsOnly(Outsider.REFUSED);
  }

  @ParameterizedTest
  @EnumSource
  void told_anyReason_neverNamesIt(Reason reason) {
    Outsider told = Outsider.of(reason);
    boolean ownWord = reason.name().startsWith("PASSWORD_") || reason.name().equals(told.name());
    assertThat(ownWord || !told.code().equals(reason.code())).isTrue();
    assertThat(told.status).isBetween(400, 499);
  }
}
