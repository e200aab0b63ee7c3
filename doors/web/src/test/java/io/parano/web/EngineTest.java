package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Reason;
import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no browser sends, as bytes: every message gets a clear answer or a closed connection, and
/// the door goes on answering.
class EngineTest {
  private static final ScriptedPassing passing = new ScriptedPassing();
  private static WebDoor door;
  private static int port;

  @BeforeAll
  static void open() {
    PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
    Limits limits =
        new Limits(4096, 8192, 1000, 8, 64, 32, Duration.ofMillis(1500), Duration.ofMillis(2500));
    door =
        WebDoor.open(
            TestDoor.config(limits),
            paper.core(passing),
            new InFlight(),
            null,
            Readiness.Ready::new,
            () -> "parano_sessions 3\n");
    port = door.bound().getFirst().port();
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @BeforeEach
  void forget() {
    passing.disbelieved.clear();
  }

  private static final String PAGE = "GET /sign-in HTTP/1.1\r\nHost: auth.example.org\r\n\r\n";

  private static String post(String headers, String body) {
    return "POST /api/sign-in/begin HTTP/1.1\r\nHost: auth.example.org\r\n"
        + "Origin: https://auth.example.org\r\nContent-Type: application/json\r\n"
        + headers
        + "\r\n"
        + body;
  }

  private static void answersStill() throws IOException {
    try (Wire wire = new Wire(port)) {
      assertThat(wire.send(PAGE).read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a line that is no request       | 'hello\r\n\r\n'                                              | 400
          a version that does not exist   | 'GET / HTTP/3.7\r\nHost: auth.example.org\r\n\r\n'            | 501
          the PROXY preface               | 'PROXY TCP4 10.0.0.1 10.0.0.2 4000 443\r\nGET / HTTP/1.1\r\nHost: auth.example.org\r\n\r\n' | 400
          a header without a colon        | 'GET / HTTP/1.1\r\nHost auth.example.org\r\n\r\n'             | 400
          a space before the colon        | 'GET / HTTP/1.1\r\nHost : auth.example.org\r\n\r\n'           | 400
          a control in a header           | 'GET / HTTP/1.1\r\nHost: auth.example.org\r\nX: a\001b\r\n\r\n' | 400
          two differing lengths           | 'POST /api/sign-in/begin HTTP/1.1\r\nHost: auth.example.org\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}' | 400
          a negative length               | 'POST /api/sign-in/begin HTTP/1.1\r\nHost: auth.example.org\r\nContent-Length: -2\r\n\r\n' | 400
          a length that is no number      | 'POST /api/sign-in/begin HTTP/1.1\r\nHost: auth.example.org\r\nContent-Length: 0x2\r\n\r\n' | 400
          """)
  void receive_notHttp_saysSoAndCloses(String what, String bytes, int status) throws Exception {
    String unescaped = bytes.translateEscapes();
    try (Wire wire = new Wire(port)) {
      assertThat(wire.send(unescaped).read().status()).as(what).isEqualTo(status);
      assertThat(wire.closed()).isTrue();
    }
    answersStill();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/\\evil",
        "//evil.example/",
        "/\\",
        "/a\\b",
        "/a\"<b>",
        "/%00",
        "/;",
        "/{}|^`",
        "/."
      })
  void receive_pathThatLeadsNowhere_isAnsweredAndLeadsNowhere(String path) throws Exception {
    try (Wire wire = new Wire(port)) {
      Wire.Answer answer =
          wire.send("GET " + path + " HTTP/1.1\r\nHost: auth.example.org\r\n\r\n").read();

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).doesNotContain("href=\"/\\").doesNotContain("href=\"//");
    }
    answersStill();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no host                   | 'GET /sign-in HTTP/1.1\r\n\r\n'                                        | 421
          another host              | 'GET /sign-in HTTP/1.1\r\nHost: evil.example\r\n\r\n'                  | 421
          two hosts                 | 'GET /sign-in HTTP/1.1\r\nHost: auth.example.org\r\nHost: auth.example.org\r\n\r\n' | 400
          a protected host unproxied | 'GET /.parano/exchange HTTP/1.1\r\nHost: app.example.org\r\n\r\n'    | 421
          an absolute address       | 'GET http://auth.example.org/sign-in HTTP/1.1\r\nHost: auth.example.org\r\n\r\n' | 400
          a forwarded source        | 'GET /sign-in HTTP/1.1\r\nHost: auth.example.org\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n' | 403
          a wrong secret            | 'GET /sign-in HTTP/1.1\r\nHost: auth.example.org\r\nParano-Proxy: x\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n' | 403
          an identity               | 'GET /sign-in HTTP/1.1\r\nHost: auth.example.org\r\nRemote-User: alice\r\n\r\n' | 400
          a parameter twice         | 'GET /sign-in?rd=a&rd=b HTTP/1.1\r\nHost: auth.example.org\r\n\r\n'    | 400
          a broken percent code     | 'GET /sign-in?rd=%zz HTTP/1.1\r\nHost: auth.example.org\r\n\r\n'       | 400
          """)
  void receive_ambiguousOrForged_refusesAndTells(String what, String bytes, int status)
      throws Exception {
    try (Wire wire = new Wire(port)) {
      Wire.Answer answer = wire.send(bytes.translateEscapes()).read();
      assertThat(answer.status()).as(what).isEqualTo(status);
      assertThat(answer.header("Content-Security-Policy")).isPresent();
    }
    assertThat(passing.told()).isNotNull();
    answersStill();
  }

  @Test
  void receive_bodyOfKnownLength_isRead() throws Exception {
    try (Wire wire = new Wire(port)) {
      String body = "{\"name\":\"alice\"}";
      Wire.Answer answer =
          wire.send(post("Content-Length: " + body.length() + "\r\n", body)).read();
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  /// Two readers could see two bodies, so chunks are refused whole (RFC 9112 section 11.2).
  @ParameterizedTest
  @CsvSource({
    "'Transfer-Encoding: chunked\r\n'",
    "'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n'",
    "'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'",
    "'Transfer-Encoding: xchunked\r\n'",
    "'Transfer-Encoding: identity\r\n'"
  })
  void receive_bodyOfUnknownLength_isRefusedAndNotReadOn(String headers) throws Exception {
    try (Wire wire = new Wire(port)) {
      Wire.Answer answer = wire.send(post(headers, "0\r\n\r\n" + PAGE)).read();
      assertThat(answer.status()).isIn(411, 400);
      assertThat(wire.closed()).as("nothing smuggled is answered").isTrue();
    }
    answersStill();
  }

  @Test
  void receive_brokenChunk_closes() throws Exception {
    try (Wire wire = new Wire(port)) {
      Wire.Answer answer = wire.send(post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n")).read();
      assertThat(answer.status()).isEqualTo(411);
      assertThat(wire.closed()).isTrue();
    }
    answersStill();
  }

  @Test
  void receive_bodyTooLarge_isRefusedUnread() throws Exception {
    try (Wire wire = new Wire(port)) {
      assertThat(wire.send(post("Content-Length: 4097\r\n", "")).read().status()).isEqualTo(413);
      assertThat(wire.closed()).isTrue();
    }
    passing.toldOf(Reason.REQUEST_TOO_LARGE);
  }

  @Test
  void receive_lineTooLong_isRefused() throws Exception {
    try (Wire wire = new Wire(port)) {
      String line = "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: auth.example.org\r\n\r\n";
      assertThat(wire.send(line).read().status()).isEqualTo(414);
    }
  }

  @Test
  void receive_headersTooLarge_areRefused() throws Exception {
    try (Wire wire = new Wire(port)) {
      String head =
          "GET / HTTP/1.1\r\nHost: auth.example.org\r\nX: " + "a".repeat(9000) + "\r\n\r\n";
      assertThat(wire.send(head).read().status()).isEqualTo(431);
    }
  }

  @Test
  void receive_upgradeToHttp2_staysWithHttp1() throws Exception {
    try (Wire wire = new Wire(port)) {
      Wire.Answer answer =
          wire.send(
                  "GET /sign-in HTTP/1.1\r\nHost: auth.example.org\r\nConnection: Upgrade,"
                      + " HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings:"
                      + " AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n")
              .read();
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void connect_moreThanOneSourceMay_closesTheRest() throws Exception {
    Wire[] wires = new Wire[8];
    for (int i = 0; i < wires.length; i++) {
      wires[i] = new Wire(port, "127.0.0.77");
      assertThat(wires[i].send(PAGE).read().status()).isEqualTo(200);
    }
    try (Wire ninth = new Wire(port, "127.0.0.77");
        Wire neighbour = new Wire(port, "127.0.0.78")) {
      assertThat(ninth.closed()).isTrue();
      assertThat(neighbour.send(PAGE).read().status()).isEqualTo(200);
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }

  @Test
  void ask_admin_tellsHealthAndCounts() throws Exception {
    int admin = door.bound().getLast().port();
    try (Wire wire = new Wire(admin)) {
      assertThat(wire.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").read().body())
          .isEqualTo("live\n");
      assertThat(wire.send("GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n").read().status())
          .isEqualTo(200);
      String metrics = wire.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").read().body();
      assertThat(metrics)
          .contains("parano_web_pass_total{answer=\"allowed\"}", "parano_sessions 3")
          .contains("parano_web_pass_seconds_bucket{le=\"+Inf\"}");
    }
  }

  @Test
  void ask_adminPathAtTheDoor_isUnknown() throws Exception {
    try (Wire wire = new Wire(port)) {
      Wire.Answer answer =
          wire.send("GET /metrics HTTP/1.1\r\nHost: auth.example.org\r\n\r\n").read();
      assertThat(answer.status()).isEqualTo(404);
    }
  }
}
