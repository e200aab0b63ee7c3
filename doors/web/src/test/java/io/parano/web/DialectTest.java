package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The ways of asking beside nginx's ([ForwardAuthTest]): each is granted in its own words, and
/// refused in another's. Every refused request differs in one header from the granted one.
class DialectTest {
  private static final ScriptedPassing passing = new ScriptedPassing();
  private static final PaperCore paper =
      new PaperCore(InstantSource.system(), new Random()::nextBytes);
  private static WebDoor door;
  private static int port;

  /// How the proxies of the test ask about the same thing, each from its own address.
  enum Way {
    /// As Caddy 2.6 and Traefik 3 send it.
    FORWARD("GET /api/authz/forward-auth HTTP/1.1", "127.0.0.3", "caddy") {
      @Override
      Map<String, String> headers() {
        Map<String, String> headers = common("parano");
        headers.put("X-Forwarded-Method", "POST");
        headers.put("X-Forwarded-Proto", "https");
        headers.put("X-Forwarded-Host", "app.example.org");
        headers.put("X-Forwarded-Uri", "/accounts?page=2");
        return headers;
      }
    },
    /// As Envoy's HTTP client sends it: the client's method, host and path.
    ENVOY("POST /api/authz/ext-authz/accounts?page=2 HTTP/1.1", "127.0.0.4", "envoy") {
      @Override
      Map<String, String> headers() {
        Map<String, String> headers = common("app.example.org");
        headers.put("X-Forwarded-Proto", "https");
        headers.put("Content-Length", "0");
        return headers;
      }
    };

    private final String line;
    private final String from;
    private final String proxy;

    Way(String line, String from, String proxy) {
      this.line = line;
      this.from = from;
      this.proxy = proxy;
    }

    abstract Map<String, String> headers();

    private static Map<String, String> common(String host) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Host", host);
      headers.put("Parano-Proxy", TestDoor.PROXY_SECRET);
      headers.put("X-Forwarded-For", "192.0.2.7");
      headers.put("Cookie", "__Host-parano=good");
      return headers;
    }
  }

  @BeforeAll
  static void open() {
    door =
        WebDoor.open(
            TestDoor.config(Limits.usual()),
            paper.core(passing),
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

  @BeforeEach
  void forget() {
    passing.questions.clear();
    passing.disbelieved.clear();
  }

  private static Wire.Answer ask(Way way, Map<String, String> headers) throws IOException {
    return ask(way.line, way.from, headers);
  }

  private static Wire.Answer ask(String line, String from, Map<String, String> headers)
      throws IOException {
    StringBuilder text = new StringBuilder(line).append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    try (Wire wire = new Wire(port, from)) {
      return wire.send(text.append("\r\n").toString()).read();
    }
  }

  /// @param value `-` to leave the header out; `+x` to send it a second time as `x`
  private static Map<String, String> changed(Way way, String name, String value) {
    Map<String, String> headers = way.headers();
    if (value.equals("-")) {
      headers.remove(name);
    } else if (value.startsWith("+")) {
      headers.put(name.toLowerCase(Locale.ROOT), value.substring(1));
    } else {
      headers.put(name, value);
    }
    return headers;
  }

  @ParameterizedTest
  @EnumSource
  void ask_inItsOwnWords_letsPassWithEveryIdentityHeader(Way way) throws Exception {
    Wire.Answer answer = ask(way, way.headers());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .contains(
            "Remote-User: alice",
            "Remote-Groups: staff,support",
            "Remote-Name: Alice Éluard",
            "Remote-Email: alice@example.org");
    assertThat(passing.asked())
        .isEqualTo(
            new Question(
                "good",
                "app.example.org",
                "/accounts",
                "POST",
                false,
                IpAddress.parse("192.0.2.7"),
                way.proxy));
  }

  @ParameterizedTest(name = "{0} {1}: {2} -> {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FORWARD | Parano-Proxy       | -                              | proxy-unproven
          FORWARD | Parano-Proxy       | wrong                          | proxy-unproven
          FORWARD | X-Forwarded-For    | -                              | header-malformed
          FORWARD | X-Forwarded-For    | 10.0.0.1, 192.0.2.7            | header-forged
          FORWARD | X-Forwarded-For    | +10.0.0.1                      | header-duplicated
          FORWARD | X-Forwarded-Method | -                              | header-malformed
          FORWARD | X-Forwarded-Method | GET POST                       | header-malformed
          FORWARD | X-Forwarded-Method | +GET                           | header-duplicated
          FORWARD | X-Forwarded-Proto  | -                              | header-malformed
          FORWARD | X-Forwarded-Proto  | http                           | proxy-foreign-host
          FORWARD | X-Forwarded-Proto  | ftp                            | header-malformed
          FORWARD | X-Forwarded-Proto  | https, http                    | header-malformed
          FORWARD | X-Forwarded-Proto  | wss                            | header-malformed
          FORWARD | X-Forwarded-Proto  | +http                          | header-duplicated
          FORWARD | X-Forwarded-Host   | -                              | header-malformed
          FORWARD | X-Forwarded-Host   | other.example.org              | proxy-foreign-host
          FORWARD | X-Forwarded-Host   | app.example.org:8443           | proxy-foreign-host
          FORWARD | X-Forwarded-Host   | app.example.org/x              | header-malformed
          FORWARD | X-Forwarded-Host   | app.example.org, evil.example  | header-malformed
          FORWARD | X-Forwarded-Host   | alice@app.example.org          | header-malformed
          FORWARD | X-Forwarded-Host   | elsewhere.example              | proxy-foreign-host
          FORWARD | X-Forwarded-Host   | +evil.example                  | header-duplicated
          FORWARD | X-Forwarded-Uri    | -                              | header-malformed
          FORWARD | X-Forwarded-Uri    | accounts                       | header-malformed
          FORWARD | X-Forwarded-Uri    | .evil.example/                 | header-malformed
          FORWARD | X-Forwarded-Uri    | https://app.example.org/       | header-malformed
          FORWARD | X-Forwarded-Uri    | /a/../admin                    | path-ambiguous
          FORWARD | X-Forwarded-Uri    | //admin                        | path-ambiguous
          FORWARD | X-Forwarded-Uri    | /a%2fb                         | path-ambiguous
          FORWARD | X-Forwarded-Uri    | +/admin                        | header-duplicated
          FORWARD | X-Original-URL     | https://app.example.org/       | header-forged
          FORWARD | X-Original-Method  | POST                           | header-forged
          FORWARD | X-Original-Upgrade | websocket                      | header-forged
          FORWARD | X-Original_URL     | /admin                         | header-forged
          FORWARD | Forwarded          | for=10.0.0.1                   | header-forged
          FORWARD | Remote-User        | odile                          | header-forged
          FORWARD | Remote_User        | odile                          | header-forged
          FORWARD | REMOTE-GROUPS      | officers                       | header-forged
          FORWARD | X-Forwarded-User   | odile                          | header-forged
          FORWARD | X_Forwarded_Host   | other.example.org              | header-forged
          FORWARD | X-Auth-Request-User | odile                         | header-forged
          FORWARD | X-HTTP-Method-Override | GET                        | header-forged
          FORWARD | Content-Length     | 5                              | request-malformed
          FORWARD | Cookie             | __Host-parano=good; __Host-parano=x | header-duplicated
          ENVOY   | Parano-Proxy       | -                              | proxy-unproven
          ENVOY   | X-Forwarded-For    | -                              | header-malformed
          ENVOY   | X-Forwarded-For    | 10.0.0.1, 192.0.2.7            | header-forged
          ENVOY   | X-Forwarded-For    | 10.0.0.1,192.0.2.7             | header-forged
          ENVOY   | X-Forwarded-Proto  | -                              | header-malformed
          ENVOY   | X-Forwarded-Proto  | http                           | proxy-foreign-host
          ENVOY   | X-Forwarded-Host   | app.example.org                | header-forged
          ENVOY   | X-Forwarded-Uri    | /accounts?page=2               | header-forged
          ENVOY   | X-Forwarded-Method | POST                           | header-forged
          ENVOY   | X-Original-URL     | https://app.example.org/       | header-forged
          ENVOY   | Host               | other.example.org              | proxy-foreign-host
          ENVOY   | Host               | elsewhere.example              | proxy-foreign-host
          ENVOY   | Remote-User        | odile                          | header-forged
          ENVOY   | Remote_User        | odile                          | header-forged
          ENVOY   | X-HTTP-Method-Override | DELETE                     | header-forged
          ENVOY   | Content-Length     | 5                              | request-malformed
          """)
  void ask_oneHeaderChanged_refusesAndTells(Way way, String name, String value, String reason)
      throws Exception {
    Wire.Answer answer = ask(way, changed(way, name, value));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Remote-User")).isEmpty();
    assertThat(passing.told().reason().code()).isEqualTo(reason);
    assertThat(passing.questions).isEmpty();
  }

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FORWARD | GET /api/authz/auth-request HTTP/1.1
          FORWARD | GET /api/authz/ext-authz/accounts HTTP/1.1
          FORWARD | GET /api/authz/forward-authx HTTP/1.1
          FORWARD | GET /api/authz/forward-auth/accounts HTTP/1.1
          FORWARD | POST /api/authz/forward-auth HTTP/1.1
          ENVOY   | GET /api/authz/auth-request HTTP/1.1
          ENVOY   | GET /api/authz/forward-auth HTTP/1.1
          ENVOY   | GET /api/authz/ext-authz HTTP/1.1
          ENVOY   | GET /api/authz/ext-authzx/ HTTP/1.1
          ENVOY   | GET /api/verify HTTP/1.1
          """)
  void ask_atAnothersCall_refusesAndTells(Way way, String line) throws Exception {
    assertThat(ask(line, way.from, way.headers()).status()).isEqualTo(403);
    assertThat(passing.told().reason()).isEqualTo(Reason.REQUEST_MALFORMED);
    assertThat(passing.questions).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /api/authz/ext-authz//admin HTTP/1.1
          GET /api/authz/ext-authz/a/../admin HTTP/1.1
          GET /api/authz/ext-authz/a%2fadmin HTTP/1.1
          """)
  void ask_envoyAboutAmbiguousPath_refuses(String line) throws Exception {
    assertThat(ask(line, Way.ENVOY.from, Way.ENVOY.headers()).status()).isEqualTo(403);
    assertThat(passing.told().reason()).isEqualTo(Reason.PATH_AMBIGUOUS);
  }

  /// What is granted to the one from its address is refused to the other from there.
  @Test
  void ask_inTheWordsOfAnother_refuses() throws Exception {
    assertThat(ask(Way.FORWARD.line, Way.ENVOY.from, Way.FORWARD.headers()).status())
        .isEqualTo(403);
    assertThat(passing.told().reason()).isEqualTo(Reason.REQUEST_MALFORMED);
    assertThat(ask(Way.ENVOY.line, Way.FORWARD.from, Way.ENVOY.headers()).status()).isEqualTo(403);
    assertThat(passing.told().reason()).isEqualTo(Reason.REQUEST_MALFORMED);
    assertThat(passing.questions).isEmpty();
  }

  @Test
  void ask_olderPathByForwardAuth_answersTheSame() throws Exception {
    String line = "GET /api/verify?rd=https://evil.example/ HTTP/1.1";

    assertThat(ask(line, Way.FORWARD.from, Way.FORWARD.headers()).status()).isEqualTo(200);
  }

  /// The proxy hands these answers to the browser as they are.
  @ParameterizedTest(name = "{0} {1}: {2} -> {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FORWARD | Accept           | text/html,application/xhtml+xml | 303
          FORWARD | Accept           | application/json                | 401
          FORWARD | Accept           | */*                             | 401
          FORWARD | Accept           | -                               | 401
          FORWARD | Sec-Fetch-Mode   | navigate                        | 303
          FORWARD | Sec-Fetch-Mode   | cors                            | 401
          ENVOY   | Accept           | text/html                       | 303
          ENVOY   | Accept           | application/json                | 401
          ENVOY   | Sec-Fetch-Mode   | navigate                        | 303
          """)
  void ask_noSession_leadsPagesAndTellsPrograms(Way way, String name, String value, int status)
      throws Exception {
    Map<String, String> headers = changed(way, name, value);
    headers.remove("Cookie");

    Wire.Answer answer = ask(way, headers);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Location"))
        .hasValue(
            "https://auth.example.org/sign-in?rd=https%3A%2F%2Fapp.example.org%2Faccounts%3Fpage%3D2");
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
    assertThat(answer.header("Remote-User")).isEmpty();
  }

  @Test
  void ask_scriptThatWouldReadPages_isTold() throws Exception {
    Map<String, String> headers = changed(Way.FORWARD, "Accept", "text/html");
    headers.remove("Cookie");
    headers.put("X-Requested-With", "XMLHttpRequest");

    assertThat(ask(Way.FORWARD, headers).status()).isEqualTo(401);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FORWARD | Upgrade               | websocket                | https
          FORWARD | Sec-WebSocket-Key     | dGhlIHNhbXBsZSBub25jZQ== | https
          FORWARD | Sec-WebSocket-Version | 13                       | wss
          FORWARD | X-Forwarded-Method    | CONNECT                  | https
          ENVOY   | Sec-WebSocket-Key     | dGhlIHNhbXBsZSBub25jZQ== | https
          """)
  void ask_upgrade_isKnownForOneAndTold(Way way, String name, String value, String scheme)
      throws Exception {
    passing.answers.put("good", new Answer.Allowed(ScriptedPassing.ALICE, Duration.ofMinutes(30)));
    try {
      Map<String, String> headers = changed(way, name, value);
      headers.put("X-Forwarded-Proto", scheme);

      Wire.Answer answer = ask(way, headers);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Parano-Upgrade-Life")).hasValue("1800");
      assertThat(passing.asked().upgrade()).isTrue();
    } finally {
      passing.answers.put("good", new Answer.Allowed(ScriptedPassing.ALICE, null));
    }
  }
}
