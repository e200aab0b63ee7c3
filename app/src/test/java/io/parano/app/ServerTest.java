package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Bootstrap;
import io.parano.access.GateSettings;
import io.parano.authn.Argon2Parameters;
import io.parano.authn.AttestationPolicy;
import io.parano.authn.Blocklist;
import io.parano.authn.PasswordRules;
import io.parano.authn.RelyingParty;
import io.parano.identity.Newcomer;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.store.CheckpointFolder;
import io.parano.web.Cookies;
import io.parano.web.Listener;
import io.parano.web.Site;
import io.parano.web.TrustedProxy;
import io.parano.web.WebConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a whole, over its real ports and files: when it serves, and when it refuses to. */
class ServerTest {
  private static final String POLICY =
      """
      version: 1
      zones:
        office: [127.0.10.0/24]
      rules:
        - name: wages
          hosts: [wages.parano.localhost]
          zones: [office]
      """;

  private final Keyset keyset = Keyset.fresh(Instant.now(), new SystemRandomness());
  @TempDir private Path folder;

  @Test
  void start_emptyLog_isWhatTheBeginningSays() throws IOException {
    assertThat(Server.start(plan(), (books, random, now) -> "run parano bootstrap first"))
        .isEqualTo(new Server.Start.Refused("run parano bootstrap first"));
    try (Server server = serving(begun())) {
      assertThat(server.books().roster().officers()).hasSize(2);
    }
    try (Server server = serving(Server.start(plan(), (books, random, now) -> ""))) {
      assertThat(server.books().roster().officers()).hasSize(2);
      assertThat(server.books().policy().version()).isEqualTo(1);
    }
  }

  @Test
  void start_secondServer_isRefusedWhileTheFirstServes() throws IOException {
    try (Server server = serving(begun())) {
      assertThat(server.books().roster().officers()).hasSize(2);
      assertThat(Server.start(plan(), (books, random, now) -> ""))
          .isInstanceOf(Server.Start.Refused.class);
    }
  }

  @Test
  void start_olderCopyPutBack_isRefused() throws IOException {
    serving(begun()).close();
    Path database = folder.resolve("log/parano.db");
    Path older = Files.copy(database, folder.resolve("older.db"));
    serving(Server.start(plan(), (books, random, now) -> "")).close();
    Files.copy(older, database, StandardCopyOption.REPLACE_EXISTING);

    assertThat(Server.start(plan(), (books, random, now) -> ""))
        .isInstanceOfSatisfying(
            Server.Start.Refused.class,
            refused -> assertThat(refused.why()).contains("an older copy was put back"));
  }

  @Test
  void door_provenProxy_isAnsweredAndAnUnprovenOneRefused() throws Exception {
    try (Server server = serving(begun())) {
      int port = server.door().bound().getFirst().port();
      assertThat(ask(port, "right secret, 32 bytes long, yes!")).isEqualTo(401);
      assertThat(ask(port, "wrong secret, 32 bytes long, yes!")).isEqualTo(403);
    }
  }

  private static int ask(int port, String secret) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/api/authz/auth-request"))
                  .header("Parano-Proxy", secret)
                  .header("X-Original-URL", "http://wages.parano.localhost:8080/")
                  .header("X-Original-Method", "GET")
                  .header("X-Forwarded-For", "127.0.10.5")
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private Server.Start begun() throws IOException {
    return Server.start(
        plan(),
        (books, random, now) -> {
          var codes =
              Bootstrap.begin(
                  books, policy(), List.of(officer("olga"), officer("otto")), random, now);
          return codes.size() == 2 ? "" : "no codes";
        });
  }

  private static Server serving(Server.Start start) {
    return switch (start) {
      case Server.Start.Serving(var server) -> server;
      case Server.Start.Refused(var why) -> throw new AssertionError(why);
    };
  }

  private static Newcomer officer(String name) {
    return new Newcomer(name, name, name + "@example.test", new TreeSet<>(), Language.EN);
  }

  private static Policy policy() {
    return switch (Policy.read(POLICY)) {
      case PolicyReading.Read read -> read.policy();
      case PolicyReading.Mistaken mistaken -> throw new AssertionError(mistaken.toString());
    };
  }

  private ServerPlan plan() throws IOException {
    Site signIn = Site.parse("http://auth.parano.localhost:8080");
    Site wages = Site.parse("http://wages.parano.localhost:8080");
    WebConfig web =
        new WebConfig(
            List.of(new Listener.Tcp("127.0.0.1", 0, null)),
            new Listener.Tcp("127.0.0.1", 0, null),
            signIn,
            "parano.localhost",
            "Example",
            List.of(new WebConfig.ProtectedHost(wages, "Wages")),
            List.of(
                new TrustedProxy(
                    "nginx",
                    List.of(IpPrefix.parse("127.0.0.0/8")),
                    new TrustedProxy.Proof.SharedSecret(
                        Secret.ofText("right secret, 32 bytes long, yes!")),
                    Set.of(wages.host()),
                    TrustedProxy.Hops.ONE)),
            new Cookies.PerHost(),
            WebConfig.Limits.usual(),
            1);
    return new ServerPlan(
        folder.resolve("log"),
        CheckpointFolder.at(folder.resolve("outside")),
        keyset,
        "auth.parano.localhost/log",
        new RelyingParty("parano.localhost", Set.of(signIn.toString())),
        AttestationPolicy.of(),
        PasswordRules.Settings.DEFAULT,
        Blocklist.common(),
        Argon2Parameters.LEAST,
        new GateSettings(signIn.host(), Set.of(wages.host()), false, Set.of("Example")),
        web,
        null,
        folder.resolve("run/control"));
  }
}
