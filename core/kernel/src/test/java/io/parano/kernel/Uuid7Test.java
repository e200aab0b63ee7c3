package io.parano.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9562 section 5.7.
class Uuid7Test {
  /// Appendix A.6: 2022-02-22T14:22:22-05:00, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
  @Test
  void next_publishedExample_isTheSame() {
    byte[] random = HexFormat.of().parseHex("0000000000000cc318c4dc0c0c07398f");
    UUID uuid =
        Uuid7.next(
            Instant.parse("2022-02-22T19:22:22Z"),
            bytes -> System.arraycopy(random, 0, bytes, 0, bytes.length));
    assertThat(uuid).hasToString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  }

  @Test
  void next_anyRandomness_keepsVersionVariantAndTime() {
    Instant now = Instant.parse("2026-11-23T12:00:00.123Z");
    for (int fill : List.of(0x00, 0x55, 0xaa, 0xff)) {
      UUID uuid = Uuid7.next(now, bytes -> Arrays.fill(bytes, (byte) fill));
      assertThat(uuid.version()).isEqualTo(7);
      assertThat(uuid.variant()).isEqualTo(2);
      assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
    }
  }

  @Test
  void parse_ownText_readsBackForEveryKindOfId() {
    String text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
    assertThat(PersonId.parse(text)).hasToString(text);
    assertThat(AuthenticatorId.parse(text)).hasToString(text);
    assertThat(SessionId.parse(text)).hasToString(text);
    assertThat(ActId.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "017f22e2",
        "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
        "17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "0017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e279b07cc398c4dc0c0c07398f",
        "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
        " 017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "1-2-3-4-5"
      })
  void parse_anotherSpelling_isRefused(String text) {
    List<Function<String, Object>> kinds =
        List.of(PersonId::parse, AuthenticatorId::parse, SessionId::parse, ActId::parse);
    for (Function<String, Object> kind : kinds) {
      assertThatThrownBy(() -> kind.apply(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
