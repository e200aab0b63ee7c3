package io.parano.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Randomness;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyServiceTest {
  private static final String CHALLENGE = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final Randomness randomness = new Random(1)::nextBytes;
  private final KeyRing ring = new KeyRing(randomness, Instant.parse("2026-11-23T10:00:00Z"));
  private final Places places =
      IntStream.iterate(18_460, base -> base < 19_000, base -> base + 10)
          .mapToObj(Places::at)
          .flatMap(Optional::stream)
          .findFirst()
          .orElseThrow();
  private @Nullable KeyService service;

  @BeforeEach
  void open() throws IOException {
    ring.make("camille.roy", "Camille Roy");
    service = KeyService.open(places, ring);
  }

  @AfterEach
  void close() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void create_thenGet_fromTheSignInPage_answersAsABrowserWould() throws IOException {
    Json options =
        Json.object(
            "rp", Json.object("id", Places.RELYING_PARTY),
            "challenge", CHALLENGE,
            "user", Json.object("id", "AAAA"),
            "pubKeyCredParams", Json.array(List.of(Json.object("alg", -7L))));
    Json made = touch("create", places.signIn().origin(), options, "TOUCHES");
    assertThat(made.text("response", "attestationObject")).isNotEmpty();
    Json request =
        Json.object(
            "rpId",
            Places.RELYING_PARTY,
            "challenge",
            CHALLENGE,
            "allowCredentials",
            Json.array(List.of(Json.object("id", made.text("id")))));
    assertThat(touch("get", places.signIn().origin(), request, "TOUCHES").text("id"))
        .isEqualTo(made.text("id"));
    assertThat(touch("get", places.signIn().origin(), request, "ENTERS_WRONG_PIN").text("error"))
        .isEqualTo("NotAllowedError");
  }

  @Test
  void touch_fromAnotherPage_isRefused() throws IOException {
    Request request =
        Request.post("/.demo/keys/camille.roy/get", "{}")
            .with("Host", "x")
            .with("Content-Type", "application/json")
            .with("Origin", "http://evil.example");
    assertThat(Wire.exchange(Networks.HERE, places.keys(), request).status()).isEqualTo(404);
  }

  private Json touch(String ceremony, String origin, Json options, String hand) throws IOException {
    Request request =
        Request.post(
                "/.demo/keys/camille.roy/" + ceremony,
                Json.object("options", options, "hand", hand).toString())
            .with("Host", "x")
            .with("Content-Type", "application/json")
            .with("Origin", origin);
    return Json.read(Wire.exchange(Networks.HERE, places.keys(), request).text());
  }
}
