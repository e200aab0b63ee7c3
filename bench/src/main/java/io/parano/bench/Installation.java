package io.parano.bench;

import io.parano.access.Change;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Secret;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.store.PostgresAddress;
import io.parano.store.SqlLedger;
import io.parano.store.StoreCopy;
import io.parano.testkit.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// A made-up installation on disk, as `parano serve` finds one: configuration, keyset, a policy,
/// and people who have signed in. Everything goes in through the ledger, as it does in the product;
/// only the ceremonies that would have led to it are left out.
///
/// @param visits one a host session, in no order
record Installation(Path folder, int port, int adminPort, List<Visit> visits) {
  static final String HOST = "app.bench.localhost";
  static final String PROXY_SECRET = "0123456789abcdef0123456789abcdef";

  /// Somebody who is signed in, and where from.
  record Visit(String bearer, String source) {}

  static final String SIGN_IN = "auth.bench.localhost";
  static final int AT_ONCE = 500;

  /// @param sessions half of them portal sessions, half host sessions
  static Installation make(Path folder, int sessions, int rules) throws IOException {
    Files.createDirectories(folder);
    int port = Ports.free();
    int adminPort = Ports.free();
    secret(folder.resolve("passphrase"), "for measuring only");
    secret(folder.resolve("front.secret"), PROXY_SECRET);
    Files.writeString(folder.resolve("parano.yaml"), configuration(port, adminPort));
    SecureRandom random = new SecureRandom();
    Author author = new Author(folder, random::nextBytes);
    try (SqlLedger ledger = author.open()) {
      author.commit(ledger, List.of(policy(rules)));
      List<Visit> visits = author.signIn(ledger, sessions / 2);
      Collections.shuffle(visits, random);
      var _ = ledger.checkpoint(Instant.now());
      return new Installation(folder, port, adminPort, visits);
    }
  }

  /// What a door needs of it, in a folder of its own: it must not be able to read the rest.
  Installation door() throws IOException {
    Path other = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-door"));
    Files.copy(folder.resolve("parano.yaml"), other.resolve("parano.yaml"));
    secret(other.resolve("front.secret"), PROXY_SECRET);
    return new Installation(other, port, adminPort, visits);
  }

  /// Takes log and state to an empty database, and has the configuration say so.
  void moveTo(String url) throws IOException {
    Path file = folder.resolve("data").resolve("parano.db");
    StoreCopy.place(
        file,
        new PostgresAddress(url, RealPostgres.USER, Secret.ofText(RealPostgres.PASSWORD), null),
        Instant.now());
    StoreCopy.delete(file);
    secret(folder.resolve("database.secret"), RealPostgres.PASSWORD);
    Files.writeString(
        folder.resolve("parano.yaml"),
        "store: { url: \"%s\", user: %s, password-file: database.secret }\n"
            .formatted(url, RealPostgres.USER),
        StandardOpenOption.APPEND);
  }

  /// Lets the log grow to `entries`, by passes such as the server records, and signs it.
  void grow(int entries) throws IOException, InterruptedException {
    SecureRandom random = new SecureRandom();
    Author author = new Author(folder, random::nextBytes);
    try (SqlLedger ledger = author.open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      PersonId[] staff = new PersonId[AT_ONCE];
      Arrays.setAll(staff, i -> PersonId.next(Instant.now(), random::nextBytes));
      Semaphore places = new Semaphore(AT_ONCE);
      for (int i = 0; i < entries; i++) {
        PersonId person = staff[i % AT_ONCE];
        places.acquire();
        threads.execute(() -> {
          ledger.commit(pass(person), List.of());
          places.release();
        });
      }
      places.acquire(AT_ONCE);
      var _ = ledger.checkpoint(Instant.now());
    }
  }

  /// A first use, as `PassRequest` records one.
  static Event pass(PersonId person) {
    return Event.at(Instant.now(), EventType.PASS, Outcome.DONE)
        .by(person)
        .from("web", IpAddress.parse("10.20.0.1"))
        .on(HOST + "/customers/4711")
        .with("rule", "customer-file")
        .with("method", "GET")
        .with("proxy", "front")
        .with("session", person.toString());
  }

  private static String configuration(int port, int adminPort) {
    return """
    version: 1
    company: Bench
    data: data
    checkpoints: checkpoints
    keyset: { file: keyset, passphrase: { file: passphrase } }
    sign-in: { origin: "http://%s:8080" }
    listen: [{ tcp: "127.0.0.1:%d" }]
    admin: { tcp: "127.0.0.1:%d" }
    hosts: [{ origin: "http://%s:8080" }]
    proxies: [{ name: front, addresses: [127.0.0.1], secret-file: front.secret }]
    logs: warn
    """
        .formatted(SIGN_IN, port, adminPort, HOST);
  }

  private static void secret(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text + "\n");
  }

  /// Rules about one host, each about a folder of its own; the last one lets everybody of the staff
  /// see the reports.
  private static Change policy(int rules) {
    StringBuilder text = new StringBuilder("version: 1\nzones:\n");
    for (int i = 0; i < 20; i++) {
      text.append("  branch").append(i).append(": [198.51.").append(i).append(".0/24]\n");
    }
    text.append("  office: [10.20.0.0/16]\nrules:\n");
    for (int i = 1; i < rules; i++) {
      text.append(
          "  - { name: part%d, groups: [staff], zones: [branch1, office], hosts: [%s]"
              .formatted(i, HOST));
      text.append(", paths: [/app/part%d/*] }\n".formatted(i));
    }
    text.append(
        "  - { name: reports, groups: [staff], zones: [office], hosts: [%s]".formatted(HOST));
    text.append(", paths: [/reports/*] }\n");
    return switch (Policy.read(text.toString())) {
      case PolicyReading.Read(var policy, var weaknesses) ->
          new Change.PutPolicy(1, policy.digest(), policy.document(), Instant.now());
      case PolicyReading.Mistaken mistaken -> throw new IllegalStateException(mistaken.toString());
    };
  }
}
