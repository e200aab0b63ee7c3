package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.web.WebConfig.ProtectedHost;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No link through us leads anywhere but to us and to protected applications.
class DestinationTest {
  private static final Map<String, ProtectedHost> HOSTS =
      Map.of(
          "app.example.org",
          new ProtectedHost(Site.parse("https://app.example.org"), "Back office"));

  @ParameterizedTest
  @CsvSource({
    "https://app.example.org/, https://app.example.org/",
    "https://app.example.org/a?b=c&d=%2F, https://app.example.org/a?b=c&d=%2F"
  })
  void of_protectedApplication_leadsThere(String asked, String url) {
    assertThat(Destination.of(asked, HOSTS))
        .isInstanceOfSatisfying(
            Destination.There.class, there -> assertThat(there.url()).isEqualTo(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "http://app.example.org/",
        "https://app.example.org:444/",
        "https://app.example.org.evil.example/",
        "https://app.example.org@evil.example/",
        "https://evil.example/https://app.example.org/",
        "https:app.example.org/",
        "https:/app.example.org/",
        "https://app.example.org\\@evil.example/",
        "HTTPS://app.example.org/",
        "javascript:alert(1)",
        "/acts?x",
        "/command?code=a b",
        "https://app.example.org/a\r\nSet-Cookie: x=y"
      })
  void of_anythingElse_isThePortal(String asked) {
    assertThat(Destination.of(asked, HOSTS)).isEqualTo(Destination.HOME);
  }

  @ParameterizedTest
  @CsvSource({
    "/a?b=c, /a?b=c",
    "//evil.example, /",
    "/\\evil.example, /",
    "https://evil.example, /",
    "/.parano/sign-out, /",
    "a, /",
    "'/a b', /",
    "'/a\r\nX: y', /"
  })
  void local_asked_staysOnTheHost(String asked, String expected) {
    assertThat(Destination.local(asked)).isEqualTo(expected);
  }
}
