package io.parano.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The part of RFC 8785 that we write.
class CanonicalTest {
  @Test
  void text_members_areSortedWithoutWhiteSpace() {
    Canonical json =
        Canonical.object()
            .put("z", 1)
            .put("a", "x")
            .put("m", Map.of("k2", "v2", "k1", "v1"))
            .put("l", List.of("b", "a"))
            .put("o", Canonical.object().put("n", -9_007_199_254_740_991L));
    assertThat(json.text())
        .isEqualTo(
            "{\"a\":\"x\",\"l\":[\"b\",\"a\"],\"m\":{\"k1\":\"v1\",\"k2\":\"v2\"},"
                + "\"o\":{\"n\":-9007199254740991},\"z\":1}");
    assertThat(Canonical.object().text()).isEqualTo("{}");
    assertThat(Canonical.object().put("l", List.of()).text()).isEqualTo("{\"l\":[]}");
  }

  @Test
  void text_sameMembersInAnotherOrder_isTheSame() {
    assertThat(Canonical.object().put("a", 1).put("b", 2).text())
        .isEqualTo(Canonical.object().put("b", 2).put("a", 1).text());
  }

  /// Section 3.2.2.2: two-character escapes where there are, else the code in lower-case
  /// hexadecimal, all other characters as they are.
  @Test
  void text_strings_areEscapedAsInSection3222() {
    assertThat(
            Canonical.object()
                .put("s", "\u20ac$\u000f\nA'B\"\\\b\f\r\t/\u007f\u2028\ud83d\ude00")
                .text())
        .isEqualTo("{\"s\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\b\\f\\r\\t/\u007f\u2028\ud83d\ude00\"}");
  }

  /// Section 3.2.3: keys are sorted by UTF-16 code units.
  @Test
  void text_keys_areSortedByCodeUnits() {
    Canonical json =
        Canonical.object()
            .put("\u20ac", "Euro Sign")
            .put("\r", "Carriage Return")
            .put("\ufb33", "Hebrew Letter Dalet With Dagesh")
            .put("1", "One")
            .put("\ud83d\ude00", "Emoji: Grinning Face")
            .put("\u0080", "Control")
            .put("\u00f6", "Latin Small Letter O With Diaeresis");
    assertThat(json.text())
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void bytes_object_areUtf8() {
    assertThat(Canonical.object().put("s", "é").bytes())
        .isEqualTo("{\"s\":\"é\"}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void put_sameKeyTwice_isRefused() {
    assertThatThrownBy(() -> Canonical.object().put("a", 1).put("a", 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"a\"");
  }
}
