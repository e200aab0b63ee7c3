package io.parano.bench;

import io.parano.access.Books;
import io.parano.access.Change;
import io.parano.access.Gate;
import io.parano.access.GateSettings;
import io.parano.access.Journal;
import io.parano.access.LogBook;
import io.parano.access.State;
import io.parano.access.Validating;
import io.parano.argon2.Argon2Pool;
import io.parano.audit.StoredEntry;
import io.parano.audit.Tally;
import io.parano.authn.Argon2;
import io.parano.authn.Argon2Parameters;
import io.parano.authn.Assertions;
import io.parano.authn.AttestationPolicy;
import io.parano.authn.Blocklist;
import io.parano.authn.GuessLimits;
import io.parano.authn.PasswordRules;
import io.parano.authn.Passwords;
import io.parano.authn.Registrations;
import io.parano.authn.RelyingParty;
import io.parano.authn.SignedPairs;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.store.SqlLedger;
import io.parano.testkit.OtpKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/// Our side of [OtpVerifyBench], in a process of its own so that its heap is fixed. Answers `otps
/// SECONDS` and `raw SECONDS` with how many a second. Tokens and the asking machine are simulated
/// within, on the same core: what they cost counts against us.
final class OtpVerifyLoad {
  private static final int STAFF = 512;
  static final int CLIENT = 7;
  static final String MACHINE = "10.20.200.1";
  private static final String POLICY =
      """
      version: 1
      zones: { office: [10.20.0.0/16] }
      rules: []
      """;

  private final SecureRandom random = new SecureRandom();
  private final Validating validating;
  private final List<OtpKey> tokens;
  private final Secret key;
  private final int threads;

  private OtpVerifyLoad(Validating validating, List<OtpKey> tokens, Secret key, int threads) {
    this.validating = validating;
    this.tokens = tokens;
    this.key = key;
    this.threads = threads;
  }

  /// @param arguments a folder on the disk that is measured, and the number of threads
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    SecureRandom random = new SecureRandom();
    Author author = new Author(folder, random::nextBytes);
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (SqlLedger ledger = author.open();
        Argon2Pool argon2 = Argon2Pool.start(1, 1)) {
      Author.OtpTokens made = author.otpTokens(STAFF);
      List<Change> changes = new ArrayList<>(made.changes());
      changes.addFirst(policy());
      author.commit(ledger, changes);
      Books books = new Books(ledger, new State(changes, Map.of()));
      OtpVerifyLoad load =
          new OtpVerifyLoad(
              gate(books, author, argon2, random).validating(),
              made.tokens(),
              made.key(),
              Integer.parseInt(arguments[1]));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] words = line.split(" ", 2);
        Duration span = Duration.ofSeconds(Integer.parseInt(words[1]));
        System.out.println(
            words[0].equals("raw") ? RawFile.append(folder, span) : load.verify(span));
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

  /// The core as `serve` wires it; of the rest of it nothing is asked.
  static Gate gate(Books books, Author author, Argon2 argon2, SecureRandom random) {
    RelyingParty party =
        new RelyingParty(Installation.SIGN_IN, Set.of("https://" + Installation.SIGN_IN));
    return Gate.of(
        books,
        new Journal(books, new Tally()),
        new Gate.Factors(
            new Assertions(party),
            new Registrations(party, AttestationPolicy.of()),
            new Passwords(argon2, Argon2Parameters.LEAST, random::nextBytes),
            new PasswordRules(PasswordRules.Settings.DEFAULT, Blocklist.common()),
            new GuessLimits(GuessLimits.Settings.DEFAULT, random::nextBytes)),
        new Gate.World(
            author.sealer(),
            random::nextBytes,
            InstantSource.system(),
            new UnreadLog(),
            (tasks, most) -> tasks.forEach(Runnable::run),
            null),
        new GateSettings(Installation.SIGN_IN, Set.of(), false, Set.of()),
        List.of());
  }

  private double verify(Duration span) throws InterruptedException {
    LongAdder made = new LongAdder();
    long start = System.nanoTime();
    long end = start + span.toNanos();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      List<OtpKey> own = tokens.subList(i * STAFF / threads, (i + 1) * STAFF / threads);
      running.add(Thread.ofVirtual().start(() -> verify(own, end, made)));
    }
    for (Thread thread : running) {
      thread.join();
    }
    return made.sum() / ((System.nanoTime() - start) / 1e9);
  }

  /// Each thread has tokens of its own, as each person has; they are plugged in for every use, so
  /// that their clocks need not run.
  private void verify(List<OtpKey> own, long end, LongAdder made) {
    for (int next = 0; System.nanoTime() < end; next++) {
      OtpKey token = own.get(next % own.size());
      token.replug();
      Validating.Response response = validating.validate(question(token.press()));
      if (!"OK".equals(response.lines().get("status"))) {
        throw new IllegalStateException("not validated: " + response);
      }
      made.increment();
    }
  }

  private Validating.Request question(String otp) {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    String called = HexFormat.of().formatHex(nonce);
    SortedMap<String, String> pairs = new TreeMap<>();
    pairs.put("id", Integer.toString(CLIENT));
    pairs.put("nonce", called);
    pairs.put("otp", otp);
    return new Validating.Request(
        CLIENT, otp, called, false, pairs, SignedPairs.sign(pairs, key), IpAddress.parse(MACHINE));
  }

  /// Nobody reads the log here.
  private static final class UnreadLog implements LogBook {
    @Override
    public List<Line> read(Query query) {
      return List.of();
    }

    @Override
    public List<Line> after(long index, int most) {
      return List.of();
    }

    @Override
    public Optional<Signed> signed() {
      return Optional.empty();
    }

    @Override
    public List<StoredEntry> entries(long from, long until) {
      return List.of();
    }
  }
}
