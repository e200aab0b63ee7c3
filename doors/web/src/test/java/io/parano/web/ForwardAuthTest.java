package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.access.Taken;
import io.parano.identity.Identity;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The forward-auth call over raw sockets. Every refused request differs in one header from the one
/// that is granted.
class ForwardAuthTest {
  private static final ScriptedPassing passing = new ScriptedPassing();
  private static final PaperCore paper =
      new PaperCore(InstantSource.system(), new Random()::nextBytes);
  private static final InFlight inFlight = new InFlight();
  private static WebDoor door;
  private static int port;

  @BeforeAll
  static void open() {
    door =
        WebDoor.open(
            TestDoor.config(Limits.usual()),
            paper.core(passing),
            inFlight,
            null,
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
    passing.onceRecorded = new Answer.Allowed(ScriptedPassing.ALICE, null);
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

  /// @param value `-` to leave the header out; `+x` to send it a second time as `x`
  private static Map<String, String> changed(String name, String value) {
    Map<String, String> headers = granted();
    if (value.equals("-")) {
      headers.remove(name);
    } else if (value.startsWith("+")) {
      headers.put(name.toLowerCase(Locale.ROOT), value.substring(1));
    } else {
      headers.put(name, value);
    }
    return headers;
  }

  private static String request(String line, Map<String, String> headers) {
    StringBuilder text = new StringBuilder(line).append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString();
  }

  private static String request(Map<String, String> headers) {
    return request("GET /api/authz/auth-request HTTP/1.1", headers);
  }

  private static Wire.Answer ask(Map<String, String> headers) throws IOException {
    return ask(headers, "127.0.0.1");
  }

  private static Wire.Answer ask(Map<String, String> headers, String from) throws IOException {
    try (Wire wire = new Wire(port, from)) {
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
    assertThat(answer.header("Remote-Name")).hasValue("Alice Éluard");
    assertThat(answer.body()).isEmpty();
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

  @Test
  void ask_olderPath_answersTheSame() throws Exception {
    try (Wire wire = new Wire(port)) {
      Wire.Answer answer =
          wire.send(request("GET /api/verify?rd=https://evil.example/ HTTP/1.1", granted())).read();
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void ask_grantedToAnyoneByTheSource_clearsEveryIdentityHeader() throws Exception {
    passing.answers.put("source-alone", new Answer.Allowed(null, null));

    Wire.Answer answer = ask(changed("Cookie", "__Host-parano=source-alone"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .contains("Remote-User: ", "Remote-Groups: ", "Remote-Name: ", "Remote-Email: ");
  }

  @Test
  void ask_noSession_saysWhereToSignIn() throws Exception {
    Wire.Answer answer = ask(changed("Cookie", "theme=dark"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Location"))
        .hasValue(
            "https://auth.example.org/sign-in?rd=https%3A%2F%2Fapp.example.org%2Faccounts%3Fpage%3D2");
    assertThat(answer.header("Remote-User")).isEmpty();
  }

  @Test
  void ask_touchTooOld_saysWhereToTouch() throws Exception {
    passing.answers.put("stale", new Answer.StepUp(Duration.ofMinutes(5)));

    Wire.Answer answer = ask(changed("Cookie", "__Host-parano=stale"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Location").orElseThrow())
        .startsWith("https://auth.example.org/step-up?rd=https%3A%2F%2Fapp.example.org%2F");
  }

  @Test
  void ask_addressTooLongToComeBackTo_cutsItToTheFrontPage() throws Exception {
    Map<String, String> headers =
        changed("X-Original-URL", "https://app.example.org/a?q=" + "x".repeat(4000));
    headers.remove("Cookie");

    assertThat(ask(headers).header("Location"))
        .hasValue("https://auth.example.org/sign-in?rd=https%3A%2F%2Fapp.example.org%2F");
  }

  @Test
  void ask_refusedByThePolicy_tellsNoReason() throws Exception {
    passing.answers.put("frozen", new Answer.Refused(Reason.PERSON_FROZEN));

    Wire.Answer answer = ask(changed("Cookie", "__Host-parano=frozen"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
    assertThat(String.join("\n", answer.headers())).doesNotContain("frozen");
  }

  @Test
  void ask_nothingCanBeRecorded_isUnavailable() throws Exception {
    passing.answers.put("unrecorded", new Answer.Unavailable());

    assertThat(ask(changed("Cookie", "__Host-parano=unrecorded")).status()).isEqualTo(503);
  }

  @Test
  void ask_firstUse_isRecordedBeforeTheAnswer() throws Exception {
    passing.answers.put("first", new Answer.RecordFirst());
    passing.onceRecorded = new Answer.Allowed(ScriptedPassing.ALICE, null);

    Wire.Answer answer = ask(changed("Cookie", "__Host-parano=first"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Remote-User")).hasValue("alice");
  }

  @Test
  void ask_identityThatNoHeaderCanHold_isAFaultAndHoldsUpNoCut() throws Exception {
    Identity spoilt = new Identity("eve", "Eve\nRemote-Groups: sysadmin", "e@x", List.of("staff"));
    passing.answers.put("spoilt", new Answer.Allowed(spoilt, null));
    passing.answers.put("first", new Answer.RecordFirst());
    passing.onceRecorded = new Answer.Allowed(spoilt, null);

    assertThat(ask(changed("Cookie", "__Host-parano=spoilt")).status()).isEqualTo(503);
    assertThat(ask(changed("Cookie", "__Host-parano=first")).status()).isEqualTo(503);
    var _ = inFlight.closed(Taken.NOTHING);
    assertThat(ask(granted()).status()).isEqualTo(200);
  }

  @Test
  void ask_upgradeAllowed_saysHowLongItMayLive() throws Exception {
    passing.answers.put(
        "socket", new Answer.Allowed(ScriptedPassing.ALICE, Duration.ofMinutes(30)));
    Map<String, String> headers = changed("X-Original-Upgrade", "websocket");
    headers.put("Cookie", "__Host-parano=socket");

    Wire.Answer answer = ask(headers);

    assertThat(answer.header("Parano-Upgrade-Life")).hasValue("1800");
    assertThat(answer.header("Remote-User")).hasValue("alice");
    assertThat(passing.asked().upgrade()).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Parano-Proxy       | -                                             | proxy-unproven
          Parano-Proxy       | 0123456789abcdef0123456789abcdef0123456789b   | proxy-unproven
          Parano-Proxy       | 0123456789abcdef                              | proxy-unproven
          Parano-Proxy       | +0123456789abcdef0123456789abcdef0123456789a  | header-duplicated
          X-Original-URL     | -                                             | header-malformed
          X-Original-URL     | +https://app.example.org/                     | header-duplicated
          X-Original-URL     | /accounts                                     | header-malformed
          X-Original-URL     | ftp://app.example.org/                        | header-malformed
          X-Original-URL     | https://app.example.org                       | header-malformed
          X-Original-URL     | https://app.example.org:443x/                 | header-malformed
          X-Original-URL     | https://app.example.org:/                     | header-malformed
          X-Original-URL     | https://alice@app.example.org/                | header-malformed
          X-Original-URL     | https://evil.example@app.example.org/         | header-malformed
          X-Original-URL     | https://app.example.org:8443/                 | proxy-foreign-host
          X-Original-URL     | http://app.example.org/                       | proxy-foreign-host
          X-Original-URL     | https://other.example.org:8443/               | proxy-foreign-host
          X-Original-URL     | https://app.example.org./                     | proxy-foreign-host
          X-Original-URL     | https://elsewhere.example/                    | proxy-foreign-host
          X-Original-URL     | https://app.example.org/a/../b                | path-ambiguous
          X-Original-URL     | https://app.example.org/a/./b                 | path-ambiguous
          X-Original-URL     | https://app.example.org/..                    | path-ambiguous
          X-Original-URL     | https://app.example.org/a/%2e%2e/b            | path-ambiguous
          X-Original-URL     | https://app.example.org/a/.%2E/b              | path-ambiguous
          X-Original-URL     | https://app.example.org//admin                | path-ambiguous
          X-Original-URL     | https://app.example.org/a%2fb                 | path-ambiguous
          X-Original-URL     | https://app.example.org/a%5cb                 | path-ambiguous
          X-Original-URL     | https://app.example.org/a\\b                  | path-ambiguous
          X-Original-URL     | https://app.example.org/a;x=1/b               | path-ambiguous
          X-Original-URL     | https://app.example.org/a%3bx                 | path-ambiguous
          X-Original-URL     | https://app.example.org/a%00                  | path-ambiguous
          X-Original-URL     | https://app.example.org/a%0d%0ab              | path-ambiguous
          X-Original-URL     | https://app.example.org/a%252e                | path-ambiguous
          X-Original-URL     | https://app.example.org/a%zz                  | path-ambiguous
          X-Original-URL     | https://app.example.org/a%4                   | path-ambiguous
          X-Original-URL     | https://app.example.org/%c0%ae%c0%ae/b        | path-ambiguous
          X-Original-URL     | https://app.example.org/%e0%80%af             | path-ambiguous
          X-Original-URL     | https://app.example.org/%ed%a0%80             | path-ambiguous
          X-Original-URL     | https://app.example.org/%c2%80                | path-ambiguous
          X-Original-URL     | https://app.example.org/caf\u00e9                  | path-ambiguous
          X-Original-URL     | https://app.example.org/a#b                   | path-ambiguous
          X-Original-URL     | https://app.example.org/a b                   | path-ambiguous
          X-Original-Method  | -                                             | header-malformed
          X-Original-Method  | +POST                                         | header-duplicated
          X-Original-Method  | GET POST                                      | header-malformed
          X-Forwarded-For    | -                                             | header-malformed
          X-Forwarded-For    | +192.0.2.8                                    | header-duplicated
          X-Forwarded-For    | 10.0.0.1, 192.0.2.7                           | header-forged
          X-Forwarded-For    | 192.0.2.007                                   | header-malformed
          X-Forwarded-For    | 192.0.2.7:4711                                | header-malformed
          X-Forwarded-For    | unix:                                         | header-malformed
          X-Forwarded-For    | fe80::1%eth0                                  | header-malformed
          X-Forwarded-For    | localhost                                     | header-malformed
          Forwarded          | for=10.0.0.1                                  | header-forged
          Remote-User        | alice                                         | header-forged
          Remote_User        | alice                                         | header-forged
          remote-groups      | officers                                      | header-forged
          X-Forwarded-User   | alice                                         | header-forged
          X-Forwarded-Host   | other.example.org                             | header-forged
          X-Forwarded-Host   | app.example.org.evil.example                  | header-forged
          X-Forwarded-Proto  | http                                          | header-forged
          X-Forwarded-Uri    | /public                                       | header-forged
          X-Forwarded-Uri    | /accounts?page=2                              | header-forged
          X-Forwarded-Method | HEAD                                          | header-forged
          X-Forwarded-Method | GET                                           | header-forged
          X-HTTP-Method-Override | DELETE                                    | header-forged
          X-Rewrite-URL      | /admin                                        | header-forged
          X_Forwarded_For    | 10.0.0.1                                      | header-forged
          X-Forwarded_For    | 10.0.0.1                                      | header-forged
          X-Original_URL     | /admin                                        | header-forged
          X_Original_URL     | /admin                                        | header-forged
          X_Auth_Request_User | alice                                        | header-forged
          X-Auth_Request-User | alice                                        | header-forged
          Parano-Upgrade-Life | 9999                                         | header-forged
          Cookie             | __Host-parano=good; __Host-parano=good        | header-duplicated
          Cookie             | +__Host-parano=good                           | header-duplicated
          Cookie             | __Host-parano="good"                          | header-malformed
          Content-Length     | 5                                             | request-malformed
          """)
  void ask_oneHeaderChanged_refusesAndTells(String name, String value, String reason)
      throws Exception {
    Wire.Answer answer = ask(changed(name, value));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Remote-User")).isEmpty();
    assertThat(passing.told().reason().code()).isEqualTo(reason);
    assertThat(passing.questions).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1} passes as {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X-Original-URL    | https://app.example.org/                | /
          X-Original-URL    | https://app.example.org:443/a           | /a
          X-Original-URL    | https://APP.example.org/a               | /a
          X-Original-URL    | https://app.example.org/a/              | /a/
          X-Original-URL    | https://app.example.org/%61dmin         | /admin
          X-Original-URL    | https://app.example.org/caf%C3%A9       | /caf\u00e9
          X-Original-URL    | https://app.example.org/.well-known/x   | /.well-known/x
          X-Original-URL    | https://app.example.org/...             | /...
          X-Original-URL    | https://app.example.org/a?b=/../%2f;x   | /a
          X-Forwarded-Host  | app.example.org                         | /accounts
          X-Forwarded-Host  | app.example.org:443                     | /accounts
          X-Forwarded-Proto | https                                   | /accounts
          X-Forwarded-For   | 2001:db8::7                             | /accounts
          X-Forwarded-For   | ::ffff:192.0.2.7                        | /accounts
          X-Real-IP         | 10.0.0.1                                | /accounts
          Content-Length    | 0                                       | /accounts
          """)
  void ask_harmlessVariation_passes(String name, String value, String path) throws Exception {
    assertThat(ask(changed(name, value)).status()).isEqualTo(200);
    assertThat(passing.asked().path()).isEqualTo(path);
  }

  @Test
  void ask_fromUnlistedAddressWithTheSecret_isUnproven() throws Exception {
    Wire.Answer answer = ask(granted(), "127.0.0.9");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(passing.told())
        .isEqualTo(
            new ScriptedPassing.Disbelieved(
                IpAddress.parse("127.0.0.9"), Reason.PROXY_UNPROVEN, "forward-auth"));
  }

  @Test
  void ask_proxyThatAppends_takesTheRightMostHop() throws Exception {
    assertThat(ask(changed("X-Forwarded-For", "10.0.0.1, 192.0.2.7"), "127.0.0.2").status())
        .isEqualTo(200);
    assertThat(passing.asked().source()).isEqualTo(IpAddress.parse("192.0.2.7"));
  }

  @Test
  void ask_moreHeadersThanAnybodySends_refuses() throws Exception {
    Map<String, String> headers = granted();
    for (int i = headers.size(); i <= Head.MOST; i++) {
      headers.put("X-Filler-" + i, "x");
    }

    assertThat(ask(headers).status()).isEqualTo(403);
    assertThat(passing.told().reason()).isEqualTo(Reason.REQUEST_TOO_LARGE);
  }

  @Test
  void ask_anotherMethodThanGet_refuses() throws Exception {
    try (Wire wire = new Wire(port)) {
      Wire.Answer answer =
          wire.send(request("POST /api/authz/auth-request HTTP/1.1", granted())).read();
      assertThat(answer.status()).isEqualTo(403);
    }
  }

  @Test
  void ask_pipelined_answersInOrder() throws Exception {
    passing.answers.put("first", new Answer.RecordFirst());
    try (Wire wire = new Wire(port)) {
      wire.send(
          request(changed("Cookie", "__Host-parano=first"))
              + request(changed("Cookie", "-"))
              + request(granted()));

      assertThat(wire.read().status()).isEqualTo(200);
      assertThat(wire.read().status()).isEqualTo(401);
      assertThat(wire.read().status()).isEqualTo(200);
    }
  }
}
