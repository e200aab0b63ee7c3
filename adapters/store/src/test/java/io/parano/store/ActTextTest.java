package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.identity.Act;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActTextTest {
  private static final String REOPEN =
      "{\"kind\":\"reopen-person\",\"person\":\"01900000-0000-7001-8000-000000000001\"}";

  @Test
  void read_everyKindOfAct_givesTheSameAct() {
    assertThat(Samples.acts().stream().map(Object::getClass).collect(Collectors.toSet()))
        .as("one sample of every kind")
        .isEqualTo(kinds(Act.class).collect(Collectors.toSet()));
    for (Act act : Samples.acts()) {
      assertThat(ActText.read(ActText.write(act))).isEqualTo(act);
    }
  }

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(kind -> kind.isInterface() ? kinds(kind) : Stream.of(kind));
  }

  @Test
  void read_untouchedTwin_isRead() {
    assertThat(ActText.read(REOPEN)).isEqualTo(new Act.ReopenPerson(Samples.personId(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"kind\":\"reopen-person\"}",
        "{\"kind\":\"unknown\",\"person\":\"01900000-0000-7001-8000-000000000001\"}",
        "{\"kind\":\"reopen-person\",\"person\":\"1-1-1-1-1\"}",
        "{\"kind\":\"reopen-person\",\"person\":\"somebody\"}",
        "{\"kind\":\"reopen-person\",\"person\":7}",
        "{\"kind\":\"reopen-person\",\"person\":null}",
        "{\"person\":\"01900000-0000-7001-8000-000000000001\",\"kind\":\"reopen-person\"}",
        "{\"kind\": \"reopen-person\",\"person\":\"01900000-0000-7001-8000-000000000001\"}",
        "{\"kind\":\"reopen-person\",\"person\":\"01900000-0000-7001-8000-000000000001\"} ",
        "{\"kind\":\"reopen-person\",\"person\":\"01900000-0000-7001-8000-000000000001\"}{}",
        "{\"kind\":\"reopen-person\",\"person\":\"01900000-0000-7001-8000-000000000001\",\"x\":\"\"}",
        "{\"kind\":\"reopen-person\",\"kind\":\"reopen-person\",\"person\":\"01900000-0000-7001-8000-000000000001\"}",
        "{\"kind\":\"apply-policy\",\"document\":\"\",\"replaces\":\"00\"}",
        "{\"kind\":\"enrol-token\",\"person\":\"01900000-0000-7001-8000-000000000001\",\"until\":\"soon\"}",
        "{\"kind\":\"change-groups\",\"groups\":\"a\",\"person\":\"01900000-0000-7001-8000-000000000001\"}",
        "{\"groups\":[\"b\",\"a\"],\"kind\":\"change-groups\",\"person\":\"01900000-0000-7001-8000-000000000001\"}",
        "{\"kind\":\"admit-staff\",\"newcomers\":[\"{}\"]}",
        "{\"kind\":\"reopen-network\",\"network\":\"10.0.0.1/8\"}"
      })
  void read_anythingElse_isUnreadable(String text) {
    assertThatThrownBy(() -> ActText.read(text)).isInstanceOf(Unreadable.class);
  }
}
