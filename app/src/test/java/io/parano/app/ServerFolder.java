package io.parano.app;

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
import io.parano.store.PostgresAddress;
import io.parano.web.Cookies;
import io.parano.web.Listener;
import io.parano.web.Site;
import io.parano.web.TrustedProxy;
import io.parano.web.WebConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A whole server in a test's folder, on free ports, started as often as the test likes.
///
/// @param database where log and state are; null for a file in the folder
record ServerFolder(Path folder, Keyset keyset, @Nullable PostgresAddress database) {
  static final String ORIGIN = "auth.parano.localhost/log";
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

  ServerFolder(Path folder, Keyset keyset) {
    this(folder, keyset, null);
  }

  /// Begins the log, with two officers.
  Server begin(WitnessPlan witnesses) throws IOException {
    return serving(
        Server.start(
            plan(witnesses),
            (books, random, now) -> {
              var codes =
                  Bootstrap.begin(
                      books, policy(), List.of(officer("olga"), officer("otto")), random, now);
              return codes.size() == 2 ? "" : "no codes";
            }));
  }

  Server.Start start(WitnessPlan witnesses) throws IOException {
    return Server.start(plan(witnesses), (books, random, now) -> "");
  }

  Server serve(WitnessPlan witnesses) throws IOException {
    return serving(start(witnesses));
  }

  static Server serving(Server.Start start) {
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

  ServerPlan plan(WitnessPlan witnesses) throws IOException {
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
        database,
        CheckpointFolder.at(folder.resolve("outside")),
        keyset,
        ORIGIN,
        new RelyingParty("parano.localhost", Set.of(signIn.toString())),
        AttestationPolicy.of(),
        PasswordRules.Settings.DEFAULT,
        Blocklist.common(),
        Argon2Parameters.LEAST,
        new GateSettings(signIn.host(), Set.of(wages.host()), false, Set.of("Example")),
        web,
        null,
        folder.resolve("run/control"),
        witnesses);
  }
}
