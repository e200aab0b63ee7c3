package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 8259.
final class JsonTest {
  @Test
  void readObject_everyKindOfValue_isRead() {
    assertThat(
            Json.readObject(
                " {\"a\" : \"\\u0041\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"b\":[true,false,[]],"
                    + "\"c\":{},\"d\":[0,-0,1.5,2e9,-1.25E-7,null]} "))
        .isEqualTo(
            new Reading.Read<Map<String, Json.Value>>(
                Map.of(
                    "a",
                    new Json.Text("A\"\\/\b\f\n\r\t"),
                    "b",
                    new Json.Row(
                        List.of(
                            new Json.Truth(true), new Json.Truth(false), new Json.Row(List.of()))),
                    "c",
                    new Json.Thing(Map.of()),
                    "d",
                    new Json.Row(
                        List.of(
                            new Json.Numeral("0"),
                            new Json.Numeral("-0"),
                            new Json.Numeral("1.5"),
                            new Json.Numeral("2e9"),
                            new Json.Numeral("-1.25E-7"),
                            new Json.Other())))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "\"a\"",
        "[",
        "{",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":+1}",
        "{\"a\":0x1}",
        "{\"a\":NaN}",
        "{\"a\":truth}",
        "{\"a\":tru",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":\"\\u00\"}",
        "{\"a\":\"\\u٠٠٠٠\"}",
        "{\"a\":\"",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":1,\"a\":1}",
        "{\"\\u0061\":1,\"a\":1}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "/**/{}",
        "{\"a\":1}//"
      })
  void readObject_anythingElse_malformed(String text) {
    assertThat(Json.readObject(text)).isInstanceOf(Reading.Malformed.class);
  }

  @Test
  void readObject_depth_isBounded() {
    assertThat(Json.readObject("{\"a\":" + "[".repeat(7) + "]".repeat(7) + "}"))
        .isInstanceOf(Reading.Read.class);
    assertThat(Json.readObject("{\"a\":" + "[".repeat(4000))).isInstanceOf(Reading.Malformed.class);
  }
}
