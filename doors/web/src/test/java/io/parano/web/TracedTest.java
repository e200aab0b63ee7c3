package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Passing.Answer;
import io.parano.web.WebConfig.Limits;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the door tells of its requests: whose trace it goes on with, and nothing of anybody.
class TracedTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String SAID = "traceparent: " + PARENT + "\r\n";
  private static final ScriptedPassing passing = new ScriptedPassing();
  private static final Watched watched = new Watched();
  private static WebDoor door;

  @BeforeAll
  static void open() {
    PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    door =
        WebDoor.open(
            TestDoor.config(Limits.usual()),
            paper.core(passing, watched),
            new InFlight(),
            null,
            Readiness.Ready::new,
            () -> "");
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void forget() {
    watched.ended.clear();
  }

  private static int status(String from, String request) throws Exception {
    try (Wire wire = new Wire(door.bound().getFirst().port(), from)) {
      return wire.send(request).read().status();
    }
  }

  private static String question(String secret, String bearer) {
    return "GET /api/authz/auth-request HTTP/1.1\r\nHost: parano\r\nParano-Proxy: "
        + secret
        + "\r\nX-Original-URL: https://app.example.org/accounts?of=alice\r\n"
        + "X-Original-Method: GET\r\nX-Forwarded-For: 192.0.2.7\r\n"
        + "Cookie: __Host-parano="
        + bearer
        + "\r\n"
        + SAID
        + "\r\n";
  }

  @Test
  void ask_byABelievedProxy_goesOnWithItsTraceAndTellsOutcomeAlone() throws Exception {
    assertThat(status("127.0.0.1", question(TestDoor.PROXY_SECRET, "good"))).isEqualTo(200);
    assertThat(watched.seen())
        .isEqualTo(new Watched.Seen("forward-auth", PARENT, List.of("allowed")));

    assertThat(status("127.0.0.1", question(TestDoor.PROXY_SECRET, "other"))).isEqualTo(401);
    assertThat(watched.seen())
        .isEqualTo(
            new Watched.Seen(
                "forward-auth", PARENT, List.of("parano.reason=session-unknown", "sign-in")));
  }

  /// As a proxy does that is not said to write its own.
  @Test
  void ask_byAProxyThatMayPassOnAClients_isOurTrace() throws Exception {
    String question = question(TestDoor.PROXY_SECRET, "good");
    assertThat(status("127.0.0.2", question)).isEqualTo(200);
    assertThat(watched.seen())
        .isEqualTo(new Watched.Seen("forward-auth", null, List.of("allowed")));

    assertThat(status("127.0.0.1", question)).isEqualTo(200);
    assertThat(watched.seen().parent()).isEqualTo(PARENT);
  }

  @Test
  void ask_bySomebodyElse_isNeitherAnsweredNorTold() throws Exception {
    assertThat(status("127.0.0.1", question("x".repeat(43), "good"))).isEqualTo(403);
    assertThat(watched.ended).isEmpty();
  }

  /// A first use is told once, when it is recorded.
  @Test
  void ask_recordedFirst_isToldOnce() throws Exception {
    passing.answers.put("first", new Answer.RecordFirst());
    assertThat(status("127.0.0.1", question(TestDoor.PROXY_SECRET, "first"))).isEqualTo(200);
    assertThat(watched.seen().told()).containsExactly("allowed");
    assertThat(watched.ended).isEmpty();
  }

  @Test
  void call_ofAStranger_isOurTraceWhateverItSays() throws Exception {
    String call = "GET /sign-in?to=secret HTTP/1.1\r\nHost: auth.example.org\r\n" + SAID;
    assertThat(status("127.0.0.9", call + "\r\n")).isEqualTo(200);
    assertThat(watched.seen())
        .isEqualTo(
            new Watched.Seen(
                "web",
                null,
                List.of("http.route=/sign-in", "http.response.status_code=200", "answered")));

    // The twin, through a proxy that is believed.
    String proxied =
        call + "X-Forwarded-For: 192.0.2.7\r\nParano-Proxy: " + TestDoor.PROXY_SECRET + "\r\n\r\n";
    assertThat(status("127.0.0.1", proxied)).isEqualTo(200);
    assertThat(watched.seen().parent()).isEqualTo(PARENT);
  }

  @Test
  void call_toAPathThatSomebodyMadeUp_isOther() throws Exception {
    assertThat(status("127.0.0.9", "GET /alice/secret HTTP/1.1\r\nHost: auth.example.org\r\n\r\n"))
        .isEqualTo(404);
    assertThat(watched.seen().told()).contains("http.route=other").doesNotContain("alice");
  }
}
