package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.app.DemoServer;
import io.parano.demo.ParanoUnderTest;
import io.parano.demo.ParanoUnderTest.Application;
import io.parano.demo.ParanoUnderTest.Proxy;
import io.parano.demo.ParanoUnderTest.Setup;
import io.parano.interop.RealProxy.Kind;
import io.parano.interop.RealProxy.Places;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.testkit.AttestationAuthority;
import io.parano.testkit.FreePort;
import io.parano.testkit.SecurityKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each proxy that the machine has, with the configuration of its page in `docs/proxies`, before a
/// real Parano and an application that tells what reaches it; then attacked.
@Tag("interop")
class ProxiesTest {
  private static final String OFFICE = "127.0.10.5";
  private static final String OUTSIDE = "127.0.66.6";
  private static final String RELYING_PARTY = "auth.parano.localhost";
  private static final UUID MODEL = UUID.fromString("70617261-6e6f-2d74-6573-742d6f6e6c79");

  /// What an intruder would have the application believe.
  private static final String FORGED = "forged-by-the-client";

  /// Everything that only a proxy or Parano may say, in the spellings that reach an application.
  private static final List<String> FORGERIES =
      List.of(
          "Remote-User",
          "remote-groups",
          "REMOTE-NAME",
          "Remote-Email",
          "Remote_User",
          "remote_groups",
          "X-Forwarded-User",
          "X-Forwarded-Email",
          "X-Forwarded-Groups",
          "X-Forwarded-Preferred-Username",
          "X-Forwarded_User",
          "X_Forwarded_User",
          "X-Auth-Request-User",
          "X-Auth-Request-Email",
          "X_Auth_Request_User",
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Forwarded-Uri",
          "X-Forwarded-Method",
          "X-Original-URL",
          "X-Original-Method",
          "X_Original_URL",
          "X-Rewrite-URL",
          "Forwarded",
          "Parano-Proxy");

  @TempDir static Path folder;
  private static final Map<Kind, Stand> stands = new EnumMap<>(Kind.class);

  /// One proxy with all that it stands between, and somebody who is signed in.
  ///
  /// @param cookie the application's own
  private record Stand(
      Kind kind,
      Places places,
      RealProxy proxy,
      ParanoUnderTest parano,
      EchoApplication application,
      String cookie)
      implements AutoCloseable {
    Desk office() {
      return new Desk(OFFICE, places.port());
    }

    Desk outside() {
      return new Desk(OUTSIDE, places.port());
    }

    /// Whether the log tells of a refusal for this reason. It is told from a thread of its own, so
    /// it may come a moment later.
    boolean tellsOf(String reason) {
      Instant patience = Instant.now().plusSeconds(5);
      while (Instant.now().isBefore(patience)) {
        boolean told =
            parano.newestEntries(200).stream()
                .map(Chromium.JSON::readTree)
                .anyMatch(entry -> entry.get("reason").asString().equals(reason));
        if (told) {
          return true;
        }
        LockSupport.parkNanos(10_000_000);
      }
      return false;
    }

    @Override
    public void close() {
      proxy.close();
      parano.close();
      application.close();
    }
  }

  @AfterAll
  static void close() {
    stands.values().forEach(Stand::close);
    stands.clear();
  }

  private static Stand stand(Kind kind) throws IOException {
    Assumptions.assumeTrue(kind.binary().isPresent(), kind.program + " is not installed");
    Stand stand = stands.get(kind);
    if (stand == null) {
      stand = open(kind);
      stands.put(kind, stand);
    }
    stand.application.forget();
    return stand;
  }

  private static Stand open(Kind kind) throws IOException {
    EchoApplication application = new EchoApplication();
    Places places = new Places(FreePort.next(), FreePort.next(), application.port());
    AttestationAuthority maker =
        AttestationAuthority.make(
            "Parano test root",
            Instant.now().minus(Duration.ofHours(1)),
            new SecureRandom()::nextBytes);
    Path home = Files.createDirectories(folder.resolve(kind.program));
    ParanoUnderTest parano =
        DemoServer.start(setup(places, maker, home), kind.dialect, List.of(), TestStore.next());
    RealProxy proxy = RealProxy.start(kind, places, home.resolve("proxy"));
    SecurityKey key = SecurityKey.make(maker, MODEL, new SecureRandom()::nextBytes);
    Desk desk = new Desk(OFFICE, places.port());
    String portal =
        desk.arrive(places.signIn(), RELYING_PARTY, "olga", Lab.bootstrapCode(parano, "olga"), key);
    String cookie = desk.enter(places.signIn(), portal, "http://" + places.app() + "/");
    return new Stand(kind, places, proxy, parano, application, cookie);
  }

  private static Setup setup(Places places, AttestationAuthority maker, Path home)
      throws IOException {
    String policy =
        """
        version: 1
        zones:
          office: [127.0.10.0/24]
        rules:
          - name: everything
            hosts: [app.parano.localhost]
            groups: [staff]
            zones: [office]
        """;
    return new Setup(
        Files.createDirectories(home.resolve("parano")),
        "Brume",
        policy,
        List.of(Lab.newcomer("olga", Language.FR), Lab.newcomer("otto", Language.EN)),
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), places.parano()),
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), FreePort.next()),
        "http://" + places.signIn(),
        RELYING_PARTY,
        List.of(new Application("http://" + places.app(), "Back office")),
        new Proxy("front", IpPrefix.parse("127.0.0.1/32"), Secret.ofText(Lab.PROXY_SECRET)),
        List.of(maker.root()),
        Map.of(MODEL, "Software key of a test"),
        "");
  }

  @ParameterizedTest
  @EnumSource
  void proxy_asDocumented_isTheSameInFrench(Kind kind) throws IOException {
    String language = kind == Kind.CADDY ? "caddyfile" : kind.program;

    assertThat(Recipe.sameInFrench(kind.program + ".md", language)).isTrue();
    assertThat(Recipe.sameInFrench("haproxy.md", "lua")).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void proxy_signedIn_tellsTheApplicationWho(Kind kind) throws IOException {
    Stand stand = stand(kind);

    Desk.Answer answer =
        stand.office().get(stand.places.app(), "/accounts?page=2", "Cookie: " + stand.cookie);

    assertThat(answer.status()).isEqualTo(200);
    EchoApplication.Seen seen = stand.application.reached();
    assertThat(seen.target()).isEqualTo("/accounts?page=2");
    assertIdentity(seen);
    assertThat(seen.headers()).doesNotContainKey("Parano-Proxy");
  }

  @ParameterizedTest
  @EnumSource
  void proxy_signedInWithABody_passesItWhole(Kind kind) throws IOException {
    Stand stand = stand(kind);

    Desk.Answer answer =
        stand
            .office()
            .send("POST", stand.places.app(), "/save", "a=b&c=d", "Cookie: " + stand.cookie);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(stand.application.reached().method()).isEqualTo("POST");
  }

  /// With each of them the same request as its twin above; the application either sees nothing of
  /// it, or is not reached.
  @ParameterizedTest
  @EnumSource
  void proxy_forgedHeader_neverReachesTheApplication(Kind kind) throws IOException {
    Stand stand = stand(kind);
    for (String name : FORGERIES) {
      for (String twice : new String[] {"", "\r\n" + name + ": second-" + FORGED}) {
        stand.application.forget();
        stand
            .office()
            .get(stand.places.app(), "/", "Cookie: " + stand.cookie, name + ": " + FORGED + twice);
        EchoApplication.Seen seen = stand.application.last();
        if (seen != null) {
          assertThat(seen.headers().toString().toLowerCase(Locale.ROOT))
              .as("%s behind %s", name, kind)
              .doesNotContain(FORGED);
          assertIdentity(seen);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void proxy_forgedIdentity_isRefusedAndNoted(Kind kind) throws IOException {
    Stand stand = stand(kind);

    Desk.Answer answer =
        stand
            .office()
            .get(stand.places.app(), "/", "Cookie: " + stand.cookie, "Remote-User: " + FORGED);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(stand.application.last()).isNull();
    assertThat(stand.tellsOf("header-forged")).isTrue();
  }

  /// `Connection` names headers of one hop, which proxies then drop (RFC 9110 section 7.6.1): the
  /// identity must not be among what a client can have dropped.
  @ParameterizedTest
  @EnumSource
  void proxy_identityNamedAsOfOneHop_isThereOrNothingIs(Kind kind) throws IOException {
    Stand stand = stand(kind);
    for (String named : List.of("Remote-User", "X-Forwarded-For", "Parano-Proxy", "Cookie")) {
      stand.application.forget();
      stand
          .office()
          .get(stand.places.app(), "/", "Cookie: " + stand.cookie, "Connection: close, " + named);
      EchoApplication.Seen seen = stand.application.last();
      if (seen != null) {
        assertIdentity(seen);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void proxy_cookieStolenToAnotherSource_opensNothing(Kind kind) throws IOException {
    Stand stand = stand(kind);
    for (String forged : List.of("X-Nothing: x", "X-Forwarded-For: " + OFFICE)) {
      Desk.Answer answer =
          stand
              .outside()
              .get(stand.places.app(), "/", "Cookie: " + stand.cookie, "Accept: text/html", forged);

      assertThat(answer.status()).as(forged).isIn(302, 303, 403);
      assertThat(stand.application.last()).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void proxy_nobodySignedIn_leadsPagesToTheSignIn(Kind kind) throws IOException {
    Stand stand = stand(kind);

    Desk.Answer answer =
        stand.office().get(stand.places.app(), "/accounts?page=2", "Accept: text/html");

    assertThat(answer.status()).isIn(302, 303);
    assertThat(answer.header("Location").orElseThrow())
        .startsWith("http://" + stand.places.signIn() + "/sign-in?rd=http%3A%2F%2F")
        .endsWith("%2Faccounts%3Fpage%3D2");
    assertThat(stand.application.last()).isNull();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NGINX")
  void proxy_nobodySignedIn_tellsScripts(Kind kind) throws IOException {
    Stand stand = stand(kind);

    Desk.Answer answer = stand.office().get(stand.places.app(), "/api", "Accept: application/json");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(stand.application.last()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void proxy_pathOfTwoReadings_opensNothing(Kind kind) throws IOException {
    Stand stand = stand(kind);
    for (String path : List.of("/a;x/b", "/a%2fb", "/a%00", "/a%5cb")) {
      Desk.Answer answer = stand.office().get(stand.places.app(), path, "Cookie: " + stand.cookie);

      assertThat(answer.status()).as(path).isIn(400, 403);
      assertThat(stand.application.last()).as(path).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void proxy_paranoDown_nothingPasses(Kind kind) throws IOException {
    Stand stand = stand(kind);
    Places down = new Places(FreePort.next(), FreePort.next(), stand.places.application());
    try (RealProxy proxy = RealProxy.start(kind, down, folder.resolve(kind.program + "-down"))) {
      Desk.Answer answer =
          new Desk(OFFICE, down.port()).get(down.app(), "/", "Cookie: " + stand.cookie);

      assertThat(proxy).isNotNull();
      assertThat(answer.status()).isBetween(500, 599);
      assertThat(stand.application.last()).isNull();
    }
  }

  /// Somebody takes the question and never answers; the page's limit is three seconds.
  @ParameterizedTest
  @EnumSource
  void proxy_paranoSilent_nothingPasses(Kind kind) throws IOException {
    Stand stand = stand(kind);
    try (ServerSocket silent = new ServerSocket(0)) {
      Places slow = new Places(FreePort.next(), silent.getLocalPort(), stand.places.application());
      try (RealProxy proxy =
          RealProxy.start(kind, slow, folder.resolve(kind.program + "-silent"))) {
        Desk.Answer answer =
            new Desk(OFFICE, slow.port()).get(slow.app(), "/", "Cookie: " + stand.cookie);

        assertThat(proxy).isNotNull();
        assertThat(answer.status()).isBetween(500, 599);
        assertThat(stand.application.last()).isNull();
      }
    }
  }

  private static void assertIdentity(EchoApplication.Seen seen) {
    assertThat(seen.headers().get("Remote-User")).containsExactly("olga");
    assertThat(seen.headers().get("Remote-Groups")).containsExactly("staff");
    assertThat(seen.headers().get("Remote-Email")).containsExactly("olga@brume.example");
    assertThat(seen.headers().get("Remote-Name")).containsExactly("Olga Test");
    assertThat(seen.headers().keySet().stream().map(name -> name.replace('_', '-')))
        .filteredOn(name -> name.equalsIgnoreCase("Remote-User"))
        .hasSize(1);
  }
}
