package io.parano.bench;

import io.parano.access.Books;
import io.parano.access.Certifying;
import io.parano.access.Change;
import io.parano.access.Journal;
import io.parano.access.SshDesk;
import io.parano.access.SshSettings;
import io.parano.access.State;
import io.parano.audit.Tally;
import io.parano.kernel.IpAddress;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.store.SqlLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Our side of [SshSignBench], in a process of its own so that its heap is fixed. Answers
/// `certificates SECONDS` and `keygen SECONDS` with how many a second.
final class SshSignLoad {
  private static final int STAFF = 500;
  private static final String POLICY =
      """
      version: 1
      zones: { office: [10.20.0.0/16] }
      rules: []
      ssh:
        - { name: web, hosts: web, groups: [staff], zones: [office], principals: [deploy], keys: any }
      """;

  private final Path folder;
  private final int threads;
  private final List<Installation.Visit> visits;
  private final Certifying certifying;
  private final String key;

  private SshSignLoad(
      Path folder,
      int threads,
      List<Installation.Visit> visits,
      Certifying certifying,
      String key) {
    this.folder = folder;
    this.threads = threads;
    this.visits = visits;
    this.certifying = certifying;
    this.key = key;
  }

  /// @param arguments a folder on the disk that is measured, and the number of threads
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    SecureRandom random = new SecureRandom();
    Author author = new Author(folder, random::nextBytes);
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (SqlLedger ledger = author.open()) {
      Author.Portals portals = author.portals(STAFF);
      List<Change> changes = new ArrayList<>(portals.changes());
      changes.addFirst(policy());
      author.commit(ledger, changes);
      Books books = new Books(ledger, new State(changes, Map.of()));
      SshDesk desk =
          new SshDesk(
              books,
              new Journal(books, new Tally()),
              new SshSettings(author.sshUsers(), author.sshHosts(), List.of()),
              random::nextBytes,
              InstantSource.system());
      keys(folder);
      SshSignLoad load =
          new SshSignLoad(
              folder,
              Integer.parseInt(arguments[1]),
              portals.visits(),
              desk,
              Files.readString(folder.resolve("own.pub")).strip());
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] words = line.split(" ", 2);
        Duration span = Duration.ofSeconds(Integer.parseInt(words[1]));
        System.out.println(words[0].equals("keygen") ? load.keygen(span) : load.certify(span));
      }
    }
  }

  private static Change policy() {
    return switch (Policy.read(POLICY)) {
      case PolicyReading.Read(var policy, var weaknesses) ->
          new Change.PutPolicy(1, policy.digest(), policy.document(), Instant.now());
      case PolicyReading.Mistaken mistaken -> throw new IllegalStateException(mistaken.toString());
    };
  }

  private static void keys(Path folder) throws IOException, InterruptedException {
    for (String name : List.of("own", "ca")) {
      run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name);
    }
  }

  private double certify(Duration span) throws InterruptedException {
    LongAdder made = new LongAdder();
    long start = System.nanoTime();
    long end = start + span.toNanos();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int first = i * STAFF / threads;
      running.add(Thread.ofVirtual().start(() -> certify(first, end, made)));
    }
    for (Thread thread : running) {
      thread.join();
    }
    return made.sum() / ((System.nanoTime() - start) / 1e9);
  }

  private void certify(int first, long end, LongAdder made) {
    for (int next = first; System.nanoTime() < end; next++) {
      Installation.Visit visit = visits.get(next % STAFF);
      switch (certifying.certify(visit.bearer(), "web", key, IpAddress.parse(visit.source()))) {
        case Certifying.Certified.Granted granted -> made.increment();
        case Certifying.Certified.Refused refused ->
            throw new IllegalStateException("not certified: " + refused);
      }
    }
  }

  private double keygen(Duration span) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long made = 0;
    while (System.nanoTime() - start < span.toNanos()) {
      run(
          folder,
          "ssh-keygen",
          "-q",
          "-s",
          "ca",
          "-I",
          "marie",
          "-n",
          "deploy@web",
          "-V",
          "+10m",
          "-z",
          Long.toString(made + 1),
          "own.pub");
      made++;
    }
    return made / ((System.nanoTime() - start) / 1e9);
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + code);
    }
  }
}
