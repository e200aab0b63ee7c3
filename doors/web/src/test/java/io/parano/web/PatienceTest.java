package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.web.WebConfig.Limits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whoever keeps the door waiting is not waited for.
class PatienceTest {
  private static WebDoor door;
  private static int port;

  @BeforeAll
  static void open() {
    PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    Limits limits =
        new Limits(4096, 8192, 1000, 8, 64, 32, Duration.ofMillis(300), Duration.ofMillis(600));
    door =
        WebDoor.open(
            TestDoor.config(limits),
            paper.core(),
            new InFlight(),
            null,
            Readiness.Ready::new,
            () -> "");
    port = door.bound().getFirst().port();
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @Test
  void wait_nothingComes_closes() throws Exception {
    try (Wire wire = new Wire(port)) {
      assertThat(wire.closed()).isTrue();
    }
  }

  @Test
  void wait_headerStaysUnfinished_closes() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send("GET /sign-in HTTP/1.1\r\nHost: auth");
      assertThat(wire.closed()).isTrue();
    }
  }

  @Test
  void wait_bodyStaysAway_closes() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send(
          "POST /api/sign-in/begin HTTP/1.1\r\nHost: auth.example.org\r\nContent-Length: 20\r\n\r\n{");
      assertThat(wire.closed()).isTrue();
    }
  }

  @Test
  void wait_nothingMoreComes_closes() throws Exception {
    try (Wire wire = new Wire(port)) {
      wire.send("GET /sign-in HTTP/1.1\r\nHost: auth.example.org\r\n\r\n");
      assertThat(wire.read().status()).isEqualTo(200);
      assertThat(wire.closed()).isTrue();
    }
  }
}
