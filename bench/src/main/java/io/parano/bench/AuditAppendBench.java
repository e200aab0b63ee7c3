package io.parano.bench;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.NoteSigner;
import io.parano.audit.Outcome;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.store.CheckpointFolder;
import io.parano.store.Opening;
import io.parano.store.SqlLedger;
import io.parano.store.SqliteLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// `audit-append`: durable entries a second from 64 threads, each of which waits until its entry is
/// on the disk; hashing, tree and SQL included. The peer is a raw file on the same disk, appended
/// in groups of 64 records of 512 bytes with `fdatasync`, in the same run. Both are measured in
/// turns, and the medians count.
///
/// `AuditAppendBench [--json FILE] [--directory DIR] [--seconds N] [--rounds N] [--threads N]
/// [--virtual]`; run it with the heap fixed (`-Xms256m -Xmx256m -XX:+UseSerialGC`).
public final class AuditAppendBench {
  private static final int RECORD = 512;
  private static final int GROUP = 64;
  private static final int STAFF = 5_000;

  private final Path directory;
  private final Duration span;
  private final int rounds;
  private final int threads;
  private final boolean virtual;
  private final SecureRandom random = new SecureRandom();

  private AuditAppendBench(
      Path directory, Duration span, int rounds, int threads, boolean virtual) {
    this.directory = directory;
    this.span = span;
    this.rounds = rounds;
    this.threads = threads;
    this.virtual = virtual;
  }

  /// What one run came to.
  ///
  /// @param entries durable entries a second, from `threads` threads
  /// @param p99 milliseconds that 99 of 100 waited no longer than
  /// @param raw records a second of the raw file
  public record Measured(double entries, double p50, double p99, double raw) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> given = List.of(args);
    Path parent = Path.of(option(given, "--directory", System.getProperty("java.io.tmpdir")));
    Path directory = Files.createTempDirectory(parent, "audit-append");
    AuditAppendBench bench =
        new AuditAppendBench(
            directory,
            Duration.ofSeconds(Long.parseLong(option(given, "--seconds", "5"))),
            Integer.parseInt(option(given, "--rounds", "3")),
            Integer.parseInt(option(given, "--threads", "64")),
            given.contains("--virtual"));
    try {
      Measured measured = bench.run();
      System.out.println(bench.line(measured));
      String json = option(given, "--json", "");
      if (!json.isEmpty()) {
        Files.writeString(Path.of(json), json(measured));
      }
    } finally {
      delete(directory);
    }
  }

  Measured run() throws IOException, InterruptedException {
    List<Double> raw = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    List<Double> p50 = new ArrayList<>();
    List<Double> p99 = new ArrayList<>();
    try (SqlLedger ledger = open()) {
      appendEntries(ledger, Duration.ofSeconds(5));
      for (int round = 0; round < rounds; round++) {
        raw.add(appendRaw());
        Waits waits = appendEntries(ledger, span);
        rates.add(waits.rate());
        p50.add(waits.millis(0.50));
        p99.add(waits.millis(0.99));
      }
    }
    return new Measured(median(rates), median(p50), median(p99), median(raw));
  }

  /// Sorted waits in nanoseconds.
  @SuppressWarnings("ArrayRecordComponent") // lives within one run
  private record Waits(long[] nanos, double seconds) {
    double rate() {
      return nanos.length / seconds;
    }

    double millis(double share) {
      return nanos[(int) (nanos.length * share)] / 1e6;
    }
  }

  private Waits appendEntries(SqlLedger ledger, Duration span) throws InterruptedException {
    PersonId[] staff = new PersonId[STAFF];
    Arrays.setAll(staff, i -> PersonId.next(Instant.now(), random::nextBytes));
    long start = System.nanoTime();
    long end = start + span.toNanos();
    List<LongStream.Builder> waits = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      LongStream.Builder mine = LongStream.builder();
      waits.add(mine);
      int first = i * STAFF / threads;
      Runnable work = () -> append(ledger, staff, first, end, mine);
      running.add(virtual ? Thread.ofVirtual().start(work) : Thread.ofPlatform().start(work));
    }
    for (Thread thread : running) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long[] sorted = waits.stream().flatMapToLong(LongStream.Builder::build).sorted().toArray();
    return new Waits(sorted, seconds);
  }

  private static void append(
      SqlLedger ledger, PersonId[] staff, int first, long end, LongStream.Builder waits) {
    IpAddress source = IpAddress.parse("127.0.10.7");
    int next = first;
    for (long before = System.nanoTime(); before < end; ) {
      PersonId person = staff[next++ % STAFF];
      Event event =
          Event.at(Instant.now(), EventType.PASS, Outcome.DONE)
              .by(person)
              .from("web", source)
              .on("https://intranet.example/customers/4711")
              .with("rule", "customer-file")
              .with("session", person.toString());
      ledger.commit(event, List.of());
      long after = System.nanoTime();
      waits.add(after - before);
      before = after;
    }
  }

  private double appendRaw() throws IOException {
    ByteBuffer group = ByteBuffer.allocateDirect(RECORD * GROUP);
    Path file = directory.resolve("raw");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long start = System.nanoTime();
      long records = 0;
      while (System.nanoTime() - start < span.toNanos()) {
        group.clear();
        while (group.hasRemaining()) {
          channel.write(group);
        }
        channel.force(false);
        records += GROUP;
      }
      return records / ((System.nanoTime() - start) / 1e9);
    } finally {
      Files.delete(file);
    }
  }

  private SqlLedger open() throws IOException {
    SqliteLog log =
        new SqliteLog(
            directory.resolve("log"),
            CheckpointFolder.at(directory.resolve("outside")),
            new Key(),
            (Randomness) random::nextBytes,
            notice -> System.out.println(notice));
    return switch (log.open(Instant.now())) {
      case Opening.NewLog(var ledger, _, _) -> ledger;
      case Opening other -> throw new IllegalStateException("the log does not open: " + other);
    };
  }

  private String line(Measured measured) {
    return String.format(
        Locale.ROOT,
        "audit-append: %,.0f durable entries/s from %d %s threads, p50 %.2f ms, p99 %.2f ms;"
            + " raw file %,.0f records/s; ratio %.2f (heap %d MB)",
        measured.entries(),
        threads,
        virtual ? "virtual" : "platform",
        measured.p50(),
        measured.p99(),
        measured.raw(),
        measured.entries() / measured.raw(),
        Runtime.getRuntime().maxMemory() >> 20);
  }

  private static String json(Measured measured) {
    return String.format(
        Locale.ROOT,
        """
        [
          {"name": "audit-append", "value": %.0f, "unit": "entries/s", "peer": "raw file, 64 x 512 B, fdatasync", "peerValue": %.0f, "ratio": %.3f},
          {"name": "audit-append-p99", "value": %.3f, "unit": "ms", "peer": null, "peerValue": null, "ratio": null}
        ]
        """,
        measured.entries(),
        measured.raw(),
        measured.entries() / measured.raw(),
        measured.p99());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private static String option(List<String> given, String name, String otherwise) {
    int at = given.indexOf(name);
    return at < 0 || at + 1 == given.size() ? otherwise : given.get(at + 1);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  /// A key made for this run.
  private static final class Key implements NoteSigner {
    private final KeyPair pair;

    Key() {
      try {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String name() {
      return "bench.example/audit";
    }

    @Override
    public byte[] publicKey32() {
      byte[] encoded = pair.getPublic().getEncoded();
      return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    @Override
    public byte[] sign(byte[] message) {
      try {
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initSign(pair.getPrivate());
        ed25519.update(message);
        return ed25519.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
