package io.parano.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.parano.access.Door;
import io.parano.access.MailAdmitting.Protocol;
import io.parano.access.Taken;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.mail.Counters.Fate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The door over real sockets. Every refusal has a twin that is granted and differs in the attacked
/// condition alone.
class MailDoorTest {
  private static final String NGINX_SECRET = "nginx-secret-0123456789abcdef0123";
  private static final String DOVECOT_SECRET = "dovecot-secret-0123456789abcdef01";
  private static final String REFUSED = "Refused. Use the password of this device";

  private final PaperMail paper = new PaperMail();
  private final Kicks kicks = new Kicks();
  private final List<String> kicked = new CopyOnWriteArrayList<>();
  private volatile String kickAnswer = "[[\"doveadmResponse\",[{\"result\":\"alice\"}],\"\"]]";
  private HttpServer doveadm;
  private MailDoor door;
  private int port;

  @BeforeEach
  void open() throws IOException {
    doveadm = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    doveadm.createContext(
        "/doveadm/v1",
        exchange -> {
          String key = exchange.getRequestHeaders().getFirst("Authorization");
          kicked.add(
              key
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer = kickAnswer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    doveadm.start();
    open(Language.EN);
  }

  private void open(Language language) {
    door =
        MailDoor.open(
            new MailConfig(
                List.of(new MailListener("127.0.0.1", 0, null)),
                List.of(
                    new MailServer(
                        "nginx-1",
                        List.of(IpPrefix.parse("127.0.0.1/32")),
                        Secret.ofText(NGINX_SECRET),
                        new MailServer.Kind.Nginx(
                            Map.of(
                                Protocol.IMAP,
                                new MailServer.Backend("127.0.0.9", 143),
                                Protocol.SUBMISSION,
                                new MailServer.Backend("::1", 587)),
                            Secret.ofText("technical"))),
                    new MailServer(
                        "dovecot-1",
                        List.of(IpPrefix.parse("127.0.0.1/32")),
                        Secret.ofText(DOVECOT_SECRET),
                        new MailServer.Kind.Dovecot())),
                List.of(
                    new Doveadm(
                        "dovecot-1",
                        URI.create(
                            "http://127.0.0.1:" + doveadm.getAddress().getPort() + "/doveadm/v1"),
                        Secret.ofText("key"))),
                language),
            paper,
            kicks);
    port = door.ports().getFirst();
  }

  @AfterEach
  void close() {
    door.close();
    doveadm.stop(0);
  }

  private static Map<String, String> login() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "127.0.0.1");
    headers.put("Auth-Method", "plain");
    headers.put("Auth-User", "alice");
    headers.put("Auth-Pass", "pw%201%25:+%C3%A9");
    headers.put("Auth-Protocol", "imap");
    headers.put("Auth-Login-Attempt", "1");
    headers.put("Client-IP", "127.0.0.5");
    headers.put("X-Parano-Secret", NGINX_SECRET);
    return headers;
  }

  private Optional<Asking.Answer> nginx(Map<String, String> headers) throws IOException {
    return nginx("/nginx", headers, "");
  }

  private Optional<Asking.Answer> nginx(String path, Map<String, String> headers, String more)
      throws IOException {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.0\r\n");
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    return Asking.send(port, "127.0.0.1", request.append(more).append("\r\n").toString());
  }

  private Optional<Asking.Answer> dovecot(String path, String secret, String body)
      throws IOException {
    return Asking.send(
        port,
        "127.0.0.1",
        "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Parano-Secret: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, secret, body.length(), body));
  }

  private static String policy(String login, String remote) {
    return "{\"device_id\":\"\",\"login\":\"%s\",\"protocol\":\"imap\",\"pwhash\":\"0167\",\"remote\":\"%s\",\"session_id\":\"x\",\"tls\":false}"
        .formatted(login, remote);
  }

  private static String password(String password) {
    return "{\"login\":\"alice\",\"protocol\":\"imap\",\"remote\":\"127.0.0.5\",\"password\":\"%s\"}"
        .formatted(password);
  }

  @Test
  void nginx_right_isToldBackendMailboxAndTechnicalPassword() throws Exception {
    Asking.Answer answer = nginx(login()).orElseThrow();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Auth-Status")).hasValue("OK");
    assertThat(answer.header("Auth-Server")).hasValue("127.0.0.9");
    assertThat(answer.header("Auth-Port")).hasValue("143");
    assertThat(answer.header("Auth-User")).hasValue("alice");
    assertThat(answer.header("Auth-Pass")).hasValue("technical");
    assertThat(answer.header("Auth-Wait")).isEmpty();
    assertThat(door.counters().of(Fate.ACCEPTED)).isEqualTo(1);
    assertThat(door.gauges()).contains("parano_mail_open 1");
  }

  /// What comes beyond the places is told to come again, and so is nobody once there is room.
  @Test
  void flood_beyondThePlaces_isTurnedAwayAndTheOthersAreAnswered() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    paper.waiting = released;
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<Asking.Answer>>> asking = new ArrayList<>();
      for (int i = 0; i < 512; i++) {
        asking.add(many.submit(() -> nginx(login())));
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (paper.asked.size() < 512) {
        assertThat(System.nanoTime()).isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertThat(nginx(login()).orElseThrow().status()).isEqualTo(503);
      assertThat(door.counters().of(Fate.OVERLOADED)).isEqualTo(1);

      released.countDown();
      for (Future<Optional<Asking.Answer>> one : asking) {
        assertThat(one.get().orElseThrow().header("Auth-Status")).hasValue("OK");
      }
      assertThat(nginx(login()).orElseThrow().header("Auth-Status")).hasValue("OK");
    }
  }

  /// One thing changed in what is let in above.
  static Stream<Arguments> tampered() {
    return Stream.of(
        Arguments.of("Auth-User", "bob"),
        Arguments.of("Auth-User", ""),
        Arguments.of("Auth-User", "alice%"),
        Arguments.of("Auth-User", "alice%2"),
        Arguments.of("Auth-User", "%ff%fe"),
        Arguments.of("Auth-User", "a".repeat(600)),
        Arguments.of("Auth-Pass", "pw%201%25:%20%C3%A9"),
        Arguments.of("Auth-Pass", "pw 1%:+"),
        Arguments.of("Auth-Pass", "pw%201%25:+%C3%A"),
        Arguments.of("Auth-Pass", "pw%201%25:+%C3%zz"),
        Arguments.of("Auth-Pass", null),
        Arguments.of("Auth-User", null),
        Arguments.of("Auth-Method", "cram-md5"),
        Arguments.of("Auth-Method", "external"),
        Arguments.of("Auth-Method", "none"),
        Arguments.of("Auth-Method", null),
        Arguments.of("Auth-Protocol", "pop3"),
        Arguments.of("Auth-Protocol", "http"),
        Arguments.of("Auth-Protocol", null),
        Arguments.of("Client-IP", "127.0.0.6"),
        Arguments.of("Client-IP", "127.0.0.5:1"),
        Arguments.of("Client-IP", "localhost"),
        Arguments.of("Client-IP", "unix:"),
        Arguments.of("Client-IP", null));
  }

  @ParameterizedTest
  @MethodSource("tampered")
  void nginx_oneThingChanged_isRefused(String header, String value) throws Exception {
    Map<String, String> headers = login();
    if (value == null) {
      headers.remove(header);
    } else {
      headers.put(header, value);
    }
    assertNotOk(nginx(headers));
    assertOk(nginx(login()));
  }

  @ParameterizedTest
  @MethodSource("twice")
  void nginx_headerTwice_isRefused(String line) throws Exception {
    assertNotOk(nginx("/nginx", login(), line + "\r\n"));
    assertOk(nginx(login()));
  }

  static Stream<String> twice() {
    return Stream.of(
        "Client-IP: 127.0.0.5",
        "client-ip: 127.0.0.6",
        "Auth-User: alice",
        "Auth-Pass: x",
        "Auth-Method: plain",
        "Auth-Protocol: imap",
        "X-Parano-Secret: " + NGINX_SECRET);
  }

  @Test
  void ask_withoutTheSecretOrFromAStranger_isNotBelieved() throws Exception {
    Map<String, String> none = login();
    none.remove("X-Parano-Secret");
    assertThat(nginx(none).orElseThrow().status()).isEqualTo(403);
    Map<String, String> wrong = login();
    wrong.put("X-Parano-Secret", NGINX_SECRET.replace('0', '1'));
    assertThat(nginx(wrong).orElseThrow().status()).isEqualTo(403);
    assertThat(paper.asked).isEmpty();
    StringBuilder request = new StringBuilder("GET /nginx HTTP/1.0\r\n");
    login().forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    assertThat(Asking.send(port, "127.0.0.77", request + "\r\n")).isEmpty();
    assertThat(paper.asked).isEmpty();
    assertThat(door.counters().of(Fate.STRANGER)).isEqualTo(1);
    assertThat(door.counters().of(Fate.UNPROVEN)).isEqualTo(2);
    assertOk(nginx(login()));
  }

  /// Whoever watches whether we are here is a listed server too.
  @Test
  void alive_asksNothing_isAnsweredToWhoeverShowsTheirSecret() throws Exception {
    for (String secret : List.of(NGINX_SECRET, DOVECOT_SECRET)) {
      assertThat(nginx("/alive", Map.of("X-Parano-Secret", secret), "").orElseThrow().status())
          .isEqualTo(200);
    }
    assertThat(nginx("/alive", Map.of("X-Parano-Secret", "other"), "").orElseThrow().status())
        .isEqualTo(403);
    assertThat(door.counters().of(Fate.WATCHED)).isEqualTo(2);
    assertThat(paper.asked).isEmpty();
  }

  @Test
  void ask_inTheOtherKindsWords_isRefused() throws Exception {
    Map<String, String> headers = login();
    headers.put("X-Parano-Secret", DOVECOT_SECRET);
    assertNotOk(nginx(headers));
    assertThat(dovecot("/dovecot/password", NGINX_SECRET, password(PaperMail.PASSWORD)))
        .hasValueSatisfying(answer -> assertThat(answer.body()).doesNotContain("ok"));
    assertNotOk(nginx("/other", login(), ""));
    assertThat(paper.asked).isEmpty();
    assertOk(nginx(login()));
  }

  @Test
  void nginx_refused_isToldNoReasonAndMayWaitAFewTimes() throws Exception {
    Map<String, String> wrong = login();
    wrong.put("Auth-Pass", "x");
    Asking.Answer first = nginx(wrong).orElseThrow();
    assertThat(first.header("Auth-Status"))
        .hasValueSatisfying(status -> assertThat(status).startsWith(REFUSED));
    assertThat(first.header("Auth-Wait")).hasValue("1");
    wrong.put("Auth-Login-Attempt", "5");
    assertThat(nginx(wrong).orElseThrow().header("Auth-Wait")).isEmpty();
    wrong.put("Auth-Login-Attempt", "1");
    paper.delay(Duration.ofMinutes(30));
    assertThat(nginx(wrong).orElseThrow().header("Auth-Wait")).isEmpty();
    assertThat(nginx(wrong).orElseThrow().header("Auth-Status"))
        .isEqualTo(first.header("Auth-Status"));
  }

  @Test
  void nginx_logFull_isToldLaterInSmtpsOwnCode() throws Exception {
    paper.fill(true);
    assertThat(nginx(login()).orElseThrow().header("Auth-Status"))
        .hasValue("Not now. Try again later.");
    Map<String, String> smtp = login();
    smtp.put("Auth-Protocol", "smtp");
    assertThat(nginx(smtp).orElseThrow().header("Auth-Error-Code")).hasValue("451 4.3.0");
    paper.fill(false);
    assertThat(nginx(smtp).orElseThrow().header("Auth-Server")).hasValue("::1");
  }

  @Test
  void policy_present_isAllowedAndElsewhereIsNot() throws Exception {
    assertThat(allow(policy("alice", "127.0.0.5"))).isEqualTo("{\"status\":0,\"msg\":\"\"}");
    assertThat(allow(policy("alice", "127.0.0.6"))).startsWith("{\"status\":-1,\"msg\":\"Refused");
    assertThat(allow(policy("bob", "127.0.0.5"))).startsWith("{\"status\":-1");
    assertThat(
            dovecot("/dovecot/policy?command=report", DOVECOT_SECRET, policy("alice", "127.0.0.5"))
                .orElseThrow()
                .status())
        .isEqualTo(200);
  }

  private String allow(String body) throws IOException {
    return dovecot("/dovecot/policy?command=allow", DOVECOT_SECRET, body).orElseThrow().body();
  }

  @Test
  void policy_notToBeRead_isNoAnswerThatAllows() throws Exception {
    for (String body :
        List.of(
            "",
            "{",
            "[]",
            "null",
            policy("alice", "127.0.0.5") + "x",
            policy("", "127.0.0.5"),
            policy("alice", "127.0.0.5/32"),
            policy("alice", "127.0.0.5").replace("imap", "doveadm"),
            "{\"login\":\"alice\",\"login\":\"alice\",\"remote\":\"127.0.0.5\",\"protocol\":\"imap\"}",
            "{\"login\":[\"alice\"],\"remote\":\"127.0.0.5\",\"protocol\":\"imap\"}")) {
      Asking.Answer answer =
          dovecot("/dovecot/policy?command=allow", DOVECOT_SECRET, body).orElseThrow();
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.body()).isEmpty();
    }
    for (String path : List.of("/dovecot/policy", "/dovecot/policy?command=else", "/")) {
      assertThat(dovecot(path, DOVECOT_SECRET, policy("alice", "127.0.0.5")).orElseThrow().status())
          .isEqualTo(404);
    }
    paper.fill(true);
    assertThat(
            dovecot("/dovecot/policy?command=allow", DOVECOT_SECRET, policy("alice", "127.0.0.5"))
                .orElseThrow()
                .status())
        .isEqualTo(503);
    paper.fill(false);
    assertThat(allow(policy("alice", "127.0.0.5"))).contains("\"status\":0");
  }

  @Test
  void password_right_isOkAndWrongIsRefused() throws Exception {
    assertThat(check("pw 1%:+\\u00e9")).isEqualTo("{\"result\":\"ok\",\"user\":\"alice\"}");
    assertThat(check("pw 1%:+e")).isEqualTo("{\"result\":\"refused\"}");
    assertThat(
            dovecot("/dovecot/password", DOVECOT_SECRET, policy("alice", "127.0.0.5"))
                .orElseThrow()
                .status())
        .isEqualTo(400);
  }

  private String check(String password) throws IOException {
    return dovecot("/dovecot/password", DOVECOT_SECRET, password(password)).orElseThrow().body();
  }

  @Test
  void ask_oversizedOrNotHttp_isRefusedAndTheNextIsAnswered() throws Exception {
    assertThat(
            dovecot("/dovecot/password", DOVECOT_SECRET, "x".repeat(MailDoor.LONGEST_BODY + 1))
                .orElseThrow()
                .status())
        .isEqualTo(413);
    Map<String, String> tooLong = login();
    tooLong.put("Auth-Pass", "x".repeat(20_000));
    assertNotOk(nginx(tooLong));
    assertThat(Asking.send(port, "127.0.0.1", "\0\1\2 garbage\r\n\r\n")).isEmpty();
    assertOk(nginx(login()));
  }

  @Test
  void open_beginsByHavingEverybodyLogInAgain() {
    assertThat(kicks.sweep(Instant.now())).isEmpty();
    assertThat(kicked.getFirst())
        .isEqualTo("X-Dovecot-API a2V5 [[\"kick\",{\"mask\":[\"*\"]},\"\"]]");
  }

  @Test
  void closed_groundGone_hasTheMailboxClosedAndSaysSo() throws Exception {
    kicks.closed(Taken.NOTHING);
    assertThat(mailboxes()).as("nothing is over").isEmpty();

    assertOk(nginx(login()));
    paper.end("alice");
    kicks.closed(Taken.NOTHING);
    assertThat(mailboxes())
        .isNotEmpty()
        .allMatch(line -> line.endsWith("[[\"kick\",{\"mask\":[\"alice\"]},\"\"]]"));
    assertNotOk(nginx(login()));
  }

  /// What was told of mailboxes in particular.
  private List<String> mailboxes() {
    return kicked.stream().filter(line -> !line.contains("\"*\"")).toList();
  }

  @Test
  void closed_loginOnItsWay_isClosedAgainUntilItMustBeThere() throws Exception {
    kicks.closed(Taken.NOTHING);
    assertOk(nginx(login()));
    paper.end("alice");
    kickAnswer = "[[\"error\",{\"type\":\"exitCode\", \"exitCode\":68},\"\"]]";
    Instant now = Instant.now();
    assertThat(kicks.sweep(now)).isEmpty();
    assertThat(kicks.sweep(now.plusSeconds(2))).isEmpty();
    assertThat(door.gauges()).contains("parano_mail_open 1");
    assertThat(kicks.sweep(now.plus(Kicks.ON_THE_WAY).plusSeconds(1))).isEmpty();
    assertThat(door.gauges()).contains("parano_mail_open 0");
  }

  @Test
  void closed_dovecotSaysNoOrNothing_isSilent() throws Exception {
    kicks.closed(Taken.NOTHING);
    assertOk(nginx(login()));
    paper.end("alice");
    kickAnswer = "[[\"error\",{\"type\":\"exitCode\", \"exitCode\":75},\"\"]]";
    assertThatThrownBy(() -> kicks.closed(Taken.NOTHING))
        .isInstanceOf(Door.Silent.class)
        .hasMessageContaining("dovecot-1");
    doveadm.stop(0);
    assertThatThrownBy(() -> kicks.closed(Taken.NOTHING)).isInstanceOf(Door.Silent.class);
  }

  @Test
  void nginx_frenchCompany_speaksFrench() throws Exception {
    door.close();
    open(Language.FR);
    Map<String, String> wrong = login();
    wrong.put("Auth-Pass", "x");
    assertThat(nginx(wrong).orElseThrow().header("Auth-Status"))
        .hasValueSatisfying(status -> assertThat(status).startsWith("Refus."));
  }

  private static void assertOk(Optional<Asking.Answer> answer) {
    assertThat(answer)
        .hasValueSatisfying(one -> assertThat(one.header("Auth-Status")).hasValue("OK"));
  }

  private static void assertNotOk(Optional<Asking.Answer> answer) {
    answer.ifPresent(one ->
        assertThat(one.headers().toString()).doesNotContain("=OK").doesNotContain("auth-server"));
  }
}
