package io.parano.bench;

import io.parano.audit.NoteSigner;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.keys.Keyset;
import io.parano.store.CheckpointFolder;
import io.parano.store.Opening;
import io.parano.store.SqlLedger;
import io.parano.store.SqliteLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// Our side of [AuditAppendBench], in a process of its own so that its heap is fixed. Answers
/// `entries SECONDS` with entries a second and the milliseconds that 99 of 100 waited no longer
/// than, and `raw SECONDS` with the raw file's records a second.
final class AuditLoad {
  private static final int STAFF = 5_000;

  private final Path directory;
  private final int threads;
  private final SecureRandom random = new SecureRandom();

  private AuditLoad(Path directory, int threads) {
    this.directory = directory;
    this.threads = threads;
  }

  /// @param arguments a folder on the disk that is measured, and the number of threads
  public static void main(String[] arguments) throws IOException, InterruptedException {
    AuditLoad load = new AuditLoad(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (SqlLedger ledger = load.open()) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] words = line.split(" ", 2);
        Duration span = Duration.ofSeconds(Integer.parseInt(words[1]));
        System.out.println(
            words[0].equals("raw")
                ? Double.toString(RawFile.append(load.directory, span))
                : load.appendEntries(ledger, span).told());
      }
    }
  }

  /// Sorted waits in nanoseconds.
  @SuppressWarnings("ArrayRecordComponent") // lives within one turn
  private record Waits(long[] nanos, double seconds) {
    String told() {
      return nanos.length / seconds + " " + nanos[(int) (nanos.length * 0.99)] / 1e6;
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
      // Virtual, as the product's are.
      running.add(Thread.ofVirtual().start(() -> append(ledger, staff, first, end, mine)));
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
    int next = first;
    for (long before = System.nanoTime(); before < end; ) {
      PersonId person = staff[next++ % STAFF];
      ledger.commit(Installation.pass(person), List.of());
      long after = System.nanoTime();
      waits.add(after - before);
      before = after;
    }
  }

  private SqlLedger open() throws IOException {
    SqliteLog log =
        new SqliteLog(
            directory.resolve("log"),
            CheckpointFolder.at(directory.resolve("outside")),
            new Key(),
            Keyset.fresh(Instant.now(), random::nextBytes).rowTagger(),
            (Randomness) random::nextBytes,
            notice -> System.out.println(notice));
    return switch (log.open(Instant.now())) {
      case Opening.NewLog(var ledger, _, _) -> ledger;
      case Opening other -> throw new IllegalStateException("the log does not open: " + other);
    };
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
