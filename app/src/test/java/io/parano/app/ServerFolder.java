package io.parano.app;

import io.parano.access.Bootstrap;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
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
    this(folder, keyset, TestStore.of(folder));
  }

  /// Begins the log, with two officers.
  Server begin(WitnessPlan witnesses) throws IOException {
    return serving(
        Server.start(
            plan(witnesses),
            (books, random, now) -> {
              var codes =
                  Bootstrap.begin(
                      books,
                      Trial.policy(POLICY),
                      List.of(Trial.newcomer("olga"), Trial.newcomer("otto")),
                      random,
                      now);
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
    return Trial.plan(
        folder, database, keyset, web, List.of(), folder.resolve("run/control"), witnesses, null);
  }
}
