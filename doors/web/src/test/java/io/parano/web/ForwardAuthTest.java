package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Passing.Question;
import io.parano.kernel.IpAddress;
import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The forward-auth call over raw sockets: every refused request differs in one thing from the one
/// that is granted.
class ForwardAuthTest {
  private static final ScriptedPassing passing = new ScriptedPassing();
  private static final PaperCore paper =
      new PaperCore(InstantSource.system(), new Random()::nextBytes);
  private static WebDoor door;
  private static int port;

  @BeforeAll
  static void open() {
    door =
        WebDoor.open(
            TestDoor.config(Limits.usual()),
            new WebCore(passing, paper, paper, paper, paper),
            Readiness.Ready::new,
            () -> "");
    port = door.bound().getFirst().port();
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void forget() {
    passing.questions.clear();
    passing.disbelieved.clear();
  }

  private static Map<String, String> granted() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "parano");
    headers.put("Parano-Proxy", TestDoor.PROXY_SECRET);
    headers.put("X-Original-URL", "https://app.example.org/accounts?page=2");
    headers.put("X-Original-Method", "GET");
    headers.put("X-Forwarded-For", "192.0.2.7");
    headers.put("Cookie", "theme=dark; __Host-parano=good");
    return headers;
  }

  private static String request(Map<String, String> headers) {
    StringBuilder text = new StringBuilder("GET /api/authz/auth-request HTTP/1.1\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString();
  }

  private static Wire.Answer ask(Map<String, String> headers) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send(request(headers)).read();
    }
  }

  @Test
  void ask_liveSession_letsPassWithIdentity() throws Exception {
    Wire.Answer answer = ask(granted());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Remote-User")).hasValue("alice");
    assertThat(answer.header("Remote-Groups")).hasValue("staff,support");
    assertThat(answer.header("Remote-Email")).hasValue("alice@example.org");
    assertThat(answer.header("Remote-Name")).isPresent();
    assertThat(passing.asked())
        .isEqualTo(
            new Question(
                "good",
                "app.example.org",
                "/accounts",
                "GET",
                false,
                IpAddress.parse("192.0.2.7"),
                "edge"));
  }
}
