package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WebDoorTest {
  @Test
  void shutEntrances_whileOperatorsAsk_leavesThemTheirListener() throws Exception {
    PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    Readiness tampered = new Readiness.NotReady("the log was tampered with");
    try (WebDoor door =
        WebDoor.open(
            TestDoor.config(Limits.usual()),
            paper.core(),
            new InFlight(),
            null,
            () -> tampered,
            () -> "")) {
      int port = door.bound().getFirst().port();
      assertThat(get(port, "/sign-in").status()).isEqualTo(200);

      door.shutEntrances();

      assertThatThrownBy(() -> get(port, "/sign-in")).isInstanceOf(IOException.class);
      Wire.Answer ready = get(door.bound().getLast().port(), "/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).contains("tampered");
    }
  }

  private static Wire.Answer get(int port, String path) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: auth.example.org\r\n\r\n").read();
    }
  }
}
