package io.parano.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final ResourceBundle ENGLISH = bundle(Locale.ENGLISH);
  private static final ResourceBundle FRENCH = bundle(Locale.FRENCH);

  private static ResourceBundle bundle(Locale locale) {
    return ResourceBundle.getBundle("io.parano.policy.messages", locale, Policy.class.getModule());
  }

  @Test
  void bundles_haveTheSameKeysAndPlaceholders() {
    assertThat(FRENCH.keySet()).isEqualTo(ENGLISH.keySet());
    for (String key : ENGLISH.keySet()) {
      assertThat(placeholders(FRENCH.getString(key)))
          .as(key)
          .isEqualTo(placeholders(ENGLISH.getString(key)));
      assertThat(FRENCH.getString(key)).as(key).isNotEqualTo(ENGLISH.getString(key));
    }
  }

  @Test
  void bundles_haveAMessageForEveryCodeAndNoOther() {
    List<String> wanted = new ArrayList<>();
    Arrays.stream(MistakeKind.values()).forEach(kind -> wanted.add("mistake." + kind.code()));
    Arrays.stream(WeaknessKind.values()).forEach(kind -> wanted.add("weakness." + kind.code()));
    Arrays.stream(Considered.Outcome.values())
        .forEach(outcome -> wanted.add("considered." + outcome.code()));
    Arrays.stream(Direction.values()).forEach(way -> wanted.add("direction." + way.code()));
    List<String> coded =
        ENGLISH.keySet().stream()
            .filter(key -> !key.matches("(decision|explanation|difference)\\..*"))
            .toList();
    assertThat(coded).containsExactlyInAnyOrderElementsOf(wanted);
  }

  private static Set<String> placeholders(String message) {
    Set<String> found = new TreeSet<>();
    Pattern.compile("\\{\\d\\}").matcher(message).results().forEach(m -> found.add(m.group()));
    return found;
  }
}
