package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.web.TrustedProxy.Hops;
import io.parano.web.TrustedProxy.Proof;
import io.parano.web.WebConfig.Limits;
import io.parano.web.WebConfig.ProtectedHost;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Envoy's checks over HTTP/2, as it frames them. Every refused check differs in one thing from the
/// granted one.
class CheckTest {
  private static final String CHECK = "/envoy.service.auth.v3.Authorization/Check";
  private static final String OTHER_SECRET = "a9876543210fedcba9876543210fedcba9876543210";
  private static final ScriptedPassing passing = new ScriptedPassing();
  private static final PaperCore paper =
      new PaperCore(InstantSource.system(), new Random()::nextBytes);
  private static final Vertx vertx = Vertx.vertx();
  private static final HttpClient http = client();
  @TempDir static Path folder;
  private static WebDoor door;

  /// @param status what gRPC says: 0 for an answer
  /// @param code what Envoy is told, as in `google.rpc.Code`; -1 without an answer
  /// @param httpStatus what the client gets; 0 when it passes
  /// @param headers set on the request that passes, or on the answer that does not
  record Told(
      int status, int code, int httpStatus, Map<String, String> headers, List<String> removed) {}

  private static HttpClient client() {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false));
  }

  @BeforeAll
  static void open() {
    WebConfig config = config(folder.resolve("checks.sock"));
    door =
        WebDoor.open(
            config, paper.core(passing), new InFlight(), null, Readiness.Ready::new, () -> "");
  }

  private static WebConfig config(Path socket) {
    WebConfig usual = TestDoor.config(Limits.usual());
    return new WebConfig(
        List.of(
            new Listener.Grpc(new Listener.Tcp("127.0.0.1", 0, null)),
            new Listener.Grpc(new Listener.Socket(socket))),
        null,
        usual.signIn(),
        usual.relyingParty(),
        usual.name(),
        List.of(
            new ProtectedHost(Site.parse("https://app.example.org"), "Back office"),
            new ProtectedHost(Site.parse("https://other.example.org:8443"), "Other")),
        List.of(
            proxy("envoy", TestDoor.PROXY_SECRET, Dialect.CHECK),
            proxy("nginx", OTHER_SECRET, Dialect.AUTH_REQUEST),
            new TrustedProxy(
                "beside",
                List.of(),
                new Proof.Socket(socket),
                Set.of("app.example.org"),
                Dialect.CHECK,
                Hops.ONE)),
        usual.cookies(),
        new Limits(
            64 * 1024,
            16 * 1024,
            1_000,
            128,
            64,
            32,
            Duration.ofMillis(400),
            Duration.ofSeconds(75)),
        1);
  }

  private static TrustedProxy proxy(String name, String secret, Dialect dialect) {
    return new TrustedProxy(
        name,
        List.of(IpPrefix.parse("127.0.0.1")),
        new Proof.SharedSecret(Secret.ofText(secret)),
        Set.of("app.example.org"),
        dialect,
        Hops.ONE);
  }

  @AfterAll
  static void close() throws Exception {
    door.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void forget() {
    passing.questions.clear();
    passing.disbelieved.clear();
  }

  private static Told check(EnvoyCheck check) throws Exception {
    return send(tcp(), CHECK, TestDoor.PROXY_SECRET, framed(check.bytes()));
  }

  private static SocketAddress tcp() {
    return SocketAddress.inetSocketAddress(door.bound().getFirst().port(), "127.0.0.1");
  }

  private static Buffer framed(byte[] message) {
    return Buffer.buffer().appendByte((byte) 0).appendInt(message.length).appendBytes(message);
  }

  /// @param secret empty for none
  private static Told send(SocketAddress to, String path, String secret, Buffer body)
      throws Exception {
    HttpClientRequest request = begun(http, to, path, secret);
    // Listened to before anything is sent, or a quick answer's body goes by unheard.
    Future<Told> told =
        request
            .response()
            .compose(response -> response.body().map(answer -> told(response, answer)));
    request.end(body).await(5, TimeUnit.SECONDS);
    return told.await(5, TimeUnit.SECONDS);
  }

  private static Told told(HttpClientResponse response, Buffer answer) {
    String atOnce = response.getHeader("grpc-status");
    String status = atOnce == null ? response.getTrailer("grpc-status") : atOnce;
    if (status == null) {
      throw new AssertionError("no status of gRPC");
    }
    return told(Integer.parseInt(status), answer);
  }

  private static HttpClientRequest begun(
      HttpClient client, SocketAddress to, String path, String secret) throws Exception {
    HttpClientRequest request =
        client
            .request(
                new RequestOptions()
                    .setServer(to)
                    .setHost("parano")
                    .setPort(1)
                    .setMethod(HttpMethod.POST)
                    .setURI(path))
            .await(5, TimeUnit.SECONDS);
    request.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
    return secret.isEmpty() ? request : request.putHeader("parano-proxy", secret);
  }

  private static Told told(int status, Buffer answer) {
    if (answer.length() == 0) {
      return new Told(status, -1, 0, Map.of(), List.of());
    }
    assertThat(answer.getInt(1)).isEqualTo(answer.length() - 5);
    Map<Integer, List<Object>> response = Proto.fields(answer.getBytes(5, answer.length()));
    Map<Integer, List<Object>> code = Proto.nested(response, 1);
    int rpc = code.isEmpty() ? 0 : Math.toIntExact((Long) Proto.only(code, 1));
    Map<Integer, List<Object>> verdict = Proto.nested(response, rpc == 0 ? 3 : 2);
    int httpStatus = rpc == 0 ? 0 : Math.toIntExact((Long) Proto.only(Proto.nested(verdict, 1), 1));
    List<String> removed = new ArrayList<>();
    verdict.getOrDefault(5, List.of()).forEach(name -> removed.add(Proto.text(name)));
    return new Told(status, rpc, httpStatus, headers(verdict), removed);
  }

  /// Asserts of each that it replaces what was there, and stays when it is empty.
  private static Map<String, String> headers(Map<Integer, List<Object>> verdict) {
    Map<String, String> headers = new TreeMap<>();
    for (Object option : verdict.getOrDefault(2, List.of())) {
      Map<Integer, List<Object>> fields = Proto.fields((byte[]) option);
      assertThat(Proto.only(fields, 3)).isEqualTo(2L);
      assertThat(Proto.only(fields, 4)).isEqualTo(1L);
      Map<Integer, List<Object>> header = Proto.nested(fields, 1);
      headers.put(Proto.text(Proto.only(header, 1)), Proto.text(Proto.only(header, 2)));
    }
    return headers;
  }

  @Test
  void check_liveSession_overwritesEveryIdentityHeader() throws Exception {
    Told told = check(new EnvoyCheck());

    assertThat(told.status()).isZero();
    assertThat(told.code()).isZero();
    assertThat(told.headers())
        .isEqualTo(
            Map.of(
                "remote-user", "alice",
                "remote-groups", "staff,support",
                "remote-name", "Alice Éluard",
                "remote-email", "alice@example.org"));
    assertThat(told.removed())
        .contains("remote_user", "x-forwarded-user", "x-auth-request-user", "x-original-url")
        .doesNotContainAnyElementsOf(told.headers().keySet());
    assertThat(passing.asked())
        .isEqualTo(
            new Question(
                "good",
                "app.example.org",
                "/accounts",
                "POST",
                false,
                IpAddress.parse("192.0.2.7"),
                "envoy"));
  }

  /// The door that speaks gRPC holds nothing and asks an authority over a socket.
  @Test
  void check_throughADoorApart_isAsInOneProcess() throws Exception {
    AuthorityPlace.Socket place =
        new AuthorityPlace.Socket(folder.resolve("authority"), System.getProperty("user.name", ""));
    WebConfig config = config(folder.resolve("apart.sock"));
    try (WebDoor apart = WebDoor.openApart(config, place)) {
      SocketAddress there =
          SocketAddress.inetSocketAddress(apart.bound().getFirst().port(), "127.0.0.1");
      Buffer granted = framed(new EnvoyCheck().bytes());
      assertThat(send(there, CHECK, TestDoor.PROXY_SECRET, granted).code())
          .as("nobody to ask")
          .isNotZero();
      try (AuthorityDoor authority =
          AuthorityDoor.open(
              config,
              place,
              paper.core(passing),
              new ApartDoors(new InFlight()),
              Readiness.Ready::new,
              () -> "")) {
        assertThat(authority).isNotNull();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Told told = send(there, CHECK, TestDoor.PROXY_SECRET, granted);
        while (told.code() != 0 && System.nanoTime() < end) {
          told = send(there, CHECK, TestDoor.PROXY_SECRET, granted);
        }
        assertThat(told.headers()).containsEntry("remote-user", "alice");
        for (EnvoyCheck check :
            List.of(
                new EnvoyCheck(),
                new EnvoyCheck().without("cookie"),
                new EnvoyCheck().without("cookie").with("cookie", "__Host-parano=unknown"),
                new EnvoyCheck().with("remote-user", "root"))) {
          Buffer body = framed(check.bytes());
          assertThat(send(there, CHECK, TestDoor.PROXY_SECRET, body))
              .isEqualTo(send(tcp(), CHECK, TestDoor.PROXY_SECRET, body));
        }
        assertThat(send(there, CHECK, OTHER_SECRET, granted))
            .isEqualTo(send(tcp(), CHECK, OTHER_SECRET, granted));
      }
    }
  }

  @Test
  void check_grantedToAnyoneByTheSource_emptiesEveryIdentityHeader() throws Exception {
    passing.answers.put("source-alone", new Answer.Allowed(null, null));

    EnvoyCheck check = new EnvoyCheck().without("cookie");
    assertThat(check(check.with("cookie", "__Host-parano=source-alone")).headers())
        .isEqualTo(
            Map.of("remote-user", "", "remote-groups", "", "remote-name", "", "remote-email", ""));
  }

  @Test
  void check_firstUse_isRecordedBeforeTheAnswer() throws Exception {
    passing.answers.put("first", new Answer.RecordFirst());

    EnvoyCheck check = new EnvoyCheck().without("cookie").with("cookie", "__Host-parano=first");
    assertThat(check(check).headers()).containsEntry("remote-user", "alice");
  }

  @Test
  void check_overTheSocketOfTheProxy_isBelieved() throws Exception {
    SocketAddress socket =
        SocketAddress.domainSocketAddress(folder.resolve("checks.sock").toString());

    assertThat(send(socket, CHECK, "", framed(new EnvoyCheck().bytes())).code()).isZero();
    assertThat(passing.asked().proxy()).isEqualTo("beside");
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source    | pipe                            | header-malformed
          source    | 10.0.0.1                        | header-forged
          method    | GET POST                        | header-malformed
          scheme    | http                            | proxy-foreign-host
          scheme    | ftp                             | header-malformed
          host      | other.example.org:8443          | proxy-foreign-host
          host      | elsewhere.example               | proxy-foreign-host
          host      | app.example.org/x               | header-malformed
          host      | evil@app.example.org            | header-malformed
          path      | accounts                        | header-malformed
          path      | /a/../admin                     | path-ambiguous
          path      | //admin                         | path-ambiguous
          path      | /a%2fb                          | path-ambiguous
          path      | /a#b                            | path-ambiguous
          cookie    | __Host-parano=good              | header-duplicated
          x-forwarded-for    | 10.0.0.1               | header-duplicated
          x-forwarded-proto  | http                   | header-duplicated
          x-forwarded-host   | app.example.org        | header-forged
          x-forwarded-uri    | /accounts?page=2       | header-forged
          x-forwarded-method | POST                   | header-forged
          x-original-url     | https://app.example.org/ | header-forged
          x-original_url     | /admin                 | header-forged
          remote-user        | odile                  | header-forged
          remote_user        | odile                  | header-forged
          Remote-Groups      | officers               | header-forged
          x-forwarded-user   | odile                  | header-forged
          x-auth-request-user | odile                 | header-forged
          x-http-method-override | DELETE             | header-forged
          forwarded          | for=10.0.0.1           | header-forged
          parano-proxy       | 0123456789abcdef0123456789abcdef0123456789a | header-forged
          parano-upgrade-life | 9999                  | header-forged
          """)
  void check_oneThingChanged_isRefusedAndTold(String name, String value, String reason)
      throws Exception {
    EnvoyCheck check = new EnvoyCheck();
    switch (name) {
      case "source" -> check.source = value;
      case "method" -> check.method = value;
      case "scheme" -> check.scheme = value;
      case "host" -> check.host = value;
      case "path" -> check.path = value;
      default -> check.with(name, value);
    }

    Told told = check(check);

    assertThat(told.code()).isEqualTo(7);
    assertThat(told.httpStatus()).isEqualTo(403);
    assertThat(told.headers()).doesNotContainKey("remote-user");
    assertThat(passing.told().reason().code()).isEqualTo(reason);
    assertThat(passing.questions).isEmpty();
  }

  @Test
  void check_forwardedListOfOneWhoAppends_isForged() throws Exception {
    EnvoyCheck check =
        new EnvoyCheck().without("x-forwarded-for").with("x-forwarded-for", "10.0.0.1,192.0.2.7");

    assertThat(check(check).httpStatus()).isEqualTo(403);
    assertThat(passing.told().reason()).isEqualTo(Reason.HEADER_FORGED);
  }

  /// Who can't prove to be Envoy's own is told nothing, and Envoy refuses.
  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                          | Check  | 16 | proxy-unproven
          0123456789abcdef0123456789abcdef0123456789b | Check  | 16 | proxy-unproven
          a9876543210fedcba9876543210fedcba9876543210 | Check  | 16 | request-malformed
          0123456789abcdef0123456789abcdef0123456789a | Chekc  | 12 | request-malformed
          """)
  void check_byAnother_isNotRead(String secret, String call, int status, String reason)
      throws Exception {
    String path = CHECK.replace("Check", call);

    Told told = send(tcp(), path, secret, framed(new EnvoyCheck().bytes()));

    assertThat(told.status()).isEqualTo(status);
    assertThat(told.code()).isEqualTo(-1);
    assertThat(passing.told().reason().code()).isEqualTo(reason);
    assertThat(passing.questions).isEmpty();
  }

  static Stream<Arguments> misframed() {
    byte[] message = new EnvoyCheck().bytes();
    return Stream.of(
        Arguments.of("nothing", Buffer.buffer(), 3),
        Arguments.of("half a prefix", Buffer.buffer(new byte[3]), 3),
        Arguments.of("compressed", framed(message).setByte(0, (byte) 1), 3),
        Arguments.of("cut short", framed(message).slice(0, message.length), 3),
        Arguments.of("two messages", framed(message).appendBuffer(framed(message)), 3),
        Arguments.of("length of 4 GiB", framed(message).setInt(1, -1), 3),
        Arguments.of("garbage", framed(new byte[] {1, 2, 3, 4}), 3),
        Arguments.of("too large", framed(new byte[100_000]), 8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misframed")
  void check_misframed_isRefusedAndTheNextIsAnswered(String what, Buffer body, int status)
      throws Exception {
    assertThat(send(tcp(), CHECK, TestDoor.PROXY_SECRET, body).status()).as(what).isEqualTo(status);
    assertThat(passing.questions).isEmpty();
    assertThat(check(new EnvoyCheck()).code()).isZero();
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource({
    "accept, text/html, 303",
    "accept, application/json, 401",
    "sec-fetch-mode, navigate, 303",
    "sec-fetch-mode, cors, 401"
  })
  void check_noSession_leadsPagesAndTellsPrograms(String name, String value, int status)
      throws Exception {
    Told told = check(new EnvoyCheck().without("cookie").with(name, value));

    assertThat(told.code()).isEqualTo(16);
    assertThat(told.httpStatus()).isEqualTo(status);
    assertThat(told.headers())
        .containsEntry(
            "location",
            "https://auth.example.org/sign-in?rd=https%3A%2F%2Fapp.example.org%2Faccounts%3Fpage%3D2");
  }

  @Test
  void check_nothingCanBeRecorded_isUnavailable() throws Exception {
    passing.answers.put("unrecorded", new Answer.Unavailable());

    EnvoyCheck check = new EnvoyCheck().without("cookie");
    assertThat(check(check.with("cookie", "__Host-parano=unrecorded")).status()).isEqualTo(14);
  }

  @ParameterizedTest
  @CsvSource({"upgrade, websocket", "sec-websocket-key, dGhlIHNhbXBsZSBub25jZQ=="})
  void check_upgrade_isKnownForOne(String name, String value) throws Exception {
    assertThat(check(new EnvoyCheck().with(name, value)).code()).isZero();
    assertThat(passing.asked().upgrade()).isTrue();
  }

  /// HTTP/1.1 is not spoken there, with whatever proof.
  @Test
  void check_overHttp1_isRefused() throws IOException, InterruptedException {
    try (Wire wire = new Wire(door.bound().getFirst().port())) {
      wire.send(
          """
          POST %s HTTP/1.1\r
          Host: parano\r
          Content-Type: application/grpc\r
          Parano-Proxy: %s\r
          Content-Length: 0\r
          \r
          """
              .formatted(CHECK, TestDoor.PROXY_SECRET));

      assertThat(wire.read().header("grpc-status")).hasValue("12");
      passing.toldOf(Reason.REQUEST_MALFORMED);
      assertThat(passing.questions).isEmpty();
    }
  }

  /// The limit is 400 ms; the test waits for the end, not for a time.
  @Test
  void check_messageThatNeverComesWhole_endsTheConnection() throws Exception {
    HttpClient apart = client();
    HttpClientRequest request = begun(apart, tcp(), CHECK, TestDoor.PROXY_SECRET);
    request.setChunked(true).write(Buffer.buffer(new byte[] {0, 0})).await(5, TimeUnit.SECONDS);

    assertThatThrownBy(() -> request.response().await(5, TimeUnit.SECONDS))
        .isInstanceOf(HttpClosedException.class);
    assertThat(check(new EnvoyCheck()).code()).isZero();
  }
}
