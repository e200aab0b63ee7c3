package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parano.kernel.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private static JsonBody body(String text) {
    return JsonBody.read(Secret.ofText(text));
  }

  @Test
  void read_object_givesItsFields() {
    JsonBody body = body("{\"name\":\"al\\u0069ce\",\"groups\":[\"a\",\"b\"],\"id\":\"AQI\"}");

    assertThat(body.text("name", 10)).isEqualTo("alice");
    assertThat(body.texts("groups", 2, 1)).containsExactly("a", "b");
    assertThat(body.bytes("id", 2).hex()).isEqualTo("0102");
    assertThat(body.optionalText("until", 10)).isNull();
    body.end();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"x\"",
        "{",
        "{}{}",
        "{} x",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":1}",
        "{\"name\":true}",
        "{name:\"a\"}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":\"\"}}}}}}}}}"
      })
  void read_notOneStrictObject_isMalformed(String text) {
    assertThatExceptionOfType(JsonBody.Malformed.class).isThrownBy(() -> body(text));
  }

  @Test
  void read_bytesThatAreNoText_areMalformed() {
    assertThatExceptionOfType(JsonBody.Malformed.class)
        .isThrownBy(() -> JsonBody.read(Secret.of(new byte[] {'{', (byte) 0xff, '}'})));
  }

  @Test
  void end_fieldThatNobodyAskedFor_isMalformed() {
    JsonBody body = body("{\"name\":\"a\",\"nmae\":\"b\"}");
    body.text("name", 1);

    assertThatExceptionOfType(JsonBody.Malformed.class).isThrownBy(body::end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":null}",
        "{\"name\":\"\"}",
        "{\"name\":\"long\"}",
        "{\"name\":[]}"
      })
  void text_missingEmptyOrTooLong_isMalformed(String text) {
    JsonBody body = body(text);

    assertThatExceptionOfType(JsonBody.Malformed.class).isThrownBy(() -> body.text("name", 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AQI=", "A+/I", "A", "AQI\\u00e9", "A Q"})
  void bytes_notBase64Url_areMalformed(String text) {
    JsonBody body = body("{\"id\":\"" + text + "\"}");

    assertThatExceptionOfType(JsonBody.Malformed.class).isThrownBy(() -> body.bytes("id", 9));
  }
}
