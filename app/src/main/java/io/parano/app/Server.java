package io.parano.app;

import io.parano.access.Books;
import io.parano.access.Gate;
import io.parano.access.Housekeeping;
import io.parano.access.Journal;
import io.parano.access.State;
import io.parano.argon2.Argon2Pool;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Finding;
import io.parano.audit.Outcome;
import io.parano.audit.Tally;
import io.parano.audit.Verdict;
import io.parano.authn.Assertions;
import io.parano.authn.GuessLimits;
import io.parano.authn.PasswordRules;
import io.parano.authn.Passwords;
import io.parano.authn.Registrations;
import io.parano.kernel.Randomness;
import io.parano.store.AuditReader;
import io.parano.store.Notice;
import io.parano.store.Opening;
import io.parano.store.SqlLedger;
import io.parano.store.SqliteLog;
import io.parano.web.InFlight;
import io.parano.web.Readiness;
import io.parano.web.WebCore;
import io.parano.web.WebDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running Parano. [#start] opens the log, reads the state, wires the core and opens the doors,
/// in this order, so that nothing is granted before all of it holds.
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int CHECKPOINT_SECONDS = 10;
  private static final int HOUSEKEEPING_SECONDS = 60;

  private final InstantSource clock;
  private final SqlLedger ledger;
  private final AuditReader reader;
  private final Books books;
  private final Journal journal;
  private final Gate gate;
  private final Argon2Pool argon2;
  private final WebDoor door;
  private final @Nullable ControlDoor control;
  private final Chores chores = new Chores();
  private final AtomicReference<Readiness> readiness;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Instant noted;

  private Server(
      InstantSource clock, Log log, Core core, Doors doors, AtomicReference<Readiness> readiness) {
    this.clock = clock;
    this.ledger = log.ledger();
    this.reader = log.reader();
    this.books = core.books();
    this.journal = core.journal();
    this.gate = core.gate();
    this.argon2 = core.argon2();
    this.door = doors.web();
    this.control = doors.control();
    this.readiness = readiness;
    this.noted = clock.instant();
  }

  /// How a start ended. From the most refusing to the most allowing.
  sealed interface Start {
    /// @param why for the operator: what is wrong and what to do
    record Refused(String why) implements Start {}

    record Serving(Server server) implements Start {}
  }

  /// What happens between the core's being wired and its doors' opening: a bootstrap writes the
  /// beginning, a plain start refuses an empty log.
  @FunctionalInterface
  interface Beginning {
    /// Why the doors stay shut; empty to open them.
    String begin(Books books, Randomness randomness, Instant now);
  }

  private record Log(SqlLedger ledger, AuditReader reader, State state) {}

  private record Doors(WebDoor web, @Nullable ControlDoor control) {}

  private record Core(
      Books books, Journal journal, Gate gate, Argon2Pool argon2, InFlight inFlight) {}

  static Start start(ServerPlan plan, Beginning beginning) {
    Randomness randomness = new SystemRandomness();
    InstantSource clock = InstantSource.system();
    SqliteLog log =
        new SqliteLog(
            plan.data(),
            plan.outside(),
            new OriginSigner(plan.logOrigin(), plan.keyset().logSigner()),
            randomness,
            Server::tell);
    return switch (log.open(clock.instant())) {
      case Opening.Altered(var why, var findings) -> new Start.Refused(altered(why, findings));
      case Opening.Behind(var size, var kept) ->
          new Start.Refused(Texts.say("start.behind", Long.toString(size), Long.toString(kept)));
      case Opening.Unwitnessed(var size) ->
          new Start.Refused(Texts.say("start.unwitnessed", Long.toString(size)));
      case Opening.Refused(var why) -> new Start.Refused(why);
      case Opening.Failed(var why, var cause) -> new Start.Refused(why);
      case Opening.Opened(var ledger, var reader, var state) ->
          serve(plan, new Log(ledger, reader, state), beginning, clock, randomness);
      case Opening.NewLog(var ledger, var reader, var state) ->
          serve(plan, new Log(ledger, reader, state), beginning, clock, randomness);
    };
  }

  private static Start serve(
      ServerPlan plan, Log log, Beginning beginning, InstantSource clock, Randomness randomness) {
    Core core = core(plan, log, clock, randomness);
    try {
      String objection = beginning.begin(core.books(), randomness, clock.instant());
      if (objection.isEmpty()) {
        return open(plan, log, core, clock);
      }
      shut(log, core);
      return new Start.Refused(objection);
    } catch (RuntimeException e) {
      shut(log, core);
      throw e;
    }
  }

  private static Start open(ServerPlan plan, Log log, Core core, InstantSource clock) {
    core.journal().note(Event.at(clock.instant(), EventType.SERVER_STARTED, Outcome.DONE));
    AtomicReference<Readiness> readiness = new AtomicReference<>(new Readiness.Ready());
    Gate gate = core.gate();
    WebCore webCore =
        new WebCore(
            gate.passing(),
            gate.signingIn(),
            gate.enrolling(),
            gate.approving(),
            gate.operating(),
            gate.commanding());
    try {
      WebDoor door =
          WebDoor.open(
              plan.web(),
              webCore,
              core.inFlight(),
              plan.extension(),
              readiness::get,
              () -> gauges(core, log));
      Doors doors = beside(door, plan, log, core, readiness, clock.instant());
      Server server = new Server(clock, log, core, doors, readiness);
      server.work();
      return new Start.Serving(server);
    } catch (UncheckedIOException e) {
      core.journal().note(Event.at(clock.instant(), EventType.SERVER_STOPPED, Outcome.FAILED));
      shut(log, core);
      return new Start.Refused(Refusal.why(e));
    }
  }

  /// The control socket beside the web door, or neither.
  private static Doors beside(
      WebDoor door,
      ServerPlan plan,
      Log log,
      Core core,
      AtomicReference<Readiness> readiness,
      Instant now) {
    try {
      return new Doors(door, control(plan, log, core, readiness, now));
    } catch (IOException e) {
      door.close();
      throw new UncheckedIOException(
          new IOException(
              Texts.say("start.no-control", String.valueOf(plan.control()), Refusal.why(e)), e));
    }
  }

  private static void shut(Log log, Core core) {
    core.argon2().close();
    log.ledger().close();
  }

  private static @Nullable ControlDoor control(
      ServerPlan plan, Log log, Core core, AtomicReference<Readiness> readiness, Instant now)
      throws IOException {
    return plan.control() == null
        ? null
        : ControlDoor.open(
            plan.control(),
            new ServerControl(
                core.books(), core.gate().lever(), log.reader()::size, readiness::get, now));
  }

  private static Core core(ServerPlan plan, Log log, InstantSource clock, Randomness randomness) {
    Books books = new Books(log.ledger(), log.state());
    Journal journal = new Journal(books, new Tally());
    int cores = Runtime.getRuntime().availableProcessors();
    Argon2Pool argon2 = Argon2Pool.start(cores, 16 * cores);
    Gate.Factors factors =
        new Gate.Factors(
            new Assertions(plan.relyingParty()),
            new Registrations(plan.relyingParty(), plan.tokens()),
            new Passwords(argon2, plan.argon2(), randomness),
            new PasswordRules(plan.passwordRules(), plan.blocklist()),
            new GuessLimits(GuessLimits.Settings.DEFAULT, randomness));
    Gate.World world =
        new Gate.World(
            plan.keyset().sealer(randomness),
            randomness,
            clock,
            new StoredLogBook(log.reader(), books));
    InFlight inFlight = new InFlight();
    Gate gate = Gate.of(books, journal, factors, world, plan.gate(), List.of(inFlight));
    return new Core(books, journal, gate, argon2, inFlight);
  }

  boolean isOpen() {
    return !closed.get();
  }

  Gate gate() {
    return gate;
  }

  Books books() {
    return books;
  }

  AuditReader log() {
    return reader;
  }

  WebDoor door() {
    return door;
  }

  private void work() {
    Housekeeping housekeeping = new Housekeeping(books, clock);
    chores.every(CHECKPOINT_SECONDS, "checkpoint", this::checkpoint);
    chores.every(
        HOUSEKEEPING_SECONDS,
        "housekeeping",
        () -> {
          noteSeen();
          housekeeping.round();
        });
    Thread.ofVirtual().name("whole-log").start(this::verifyWholeLog);
  }

  /// Signs the log as it stands.
  void checkpoint() {
    journal.settle(clock.instant());
    switch (ledger.checkpoint(clock.instant())) {
      case SqlLedger.Checkpointed.Failed(var why) ->
          LOG.error("no checkpoint could be signed: {}", why);
      case SqlLedger.Checkpointed.NotOutside(var why) ->
          LOG.error("a checkpoint could not be kept outside: {}", why);
      case SqlLedger.Checkpointed.Signed signed -> LOG.debug("checkpoint at {}", signed.size());
      case SqlLedger.Checkpointed.Unchanged unchanged -> {}
    }
  }

  private void noteSeen() {
    Instant since = noted;
    noted = clock.instant();
    books.noteSeen(since);
  }

  /// The start looked at the log's tail only; the rest is read while the doors are open, and what
  /// does not hold closes them.
  private void verifyWholeLog() {
    try {
      switch (reader.verifyAll(entries -> {})) {
        case Verdict.Holds(var summary) ->
            LOG.info("the whole log holds: {} entries", summary.entries());
        case Verdict.Broken broken -> {
          LOG.error("the log was tampered with; the doors close: {}", broken);
          readiness.set(new Readiness.NotReady("the log was tampered with"));
          journal.note(
              Event.at(clock.instant(), EventType.TAMPERING_NOTICED, Outcome.FAILED)
                  .with("findings", broken.toString()));
          door.close();
        }
      }
    } catch (RuntimeException e) {
      LOG.error("the whole log could not be read", e);
    }
  }

  private static String gauges(Core core, Log log) {
    return """
    # HELP parano_sessions Sessions in memory.
    # TYPE parano_sessions gauge
    parano_sessions %d
    # HELP parano_log_entries Entries in the audit log.
    # TYPE parano_log_entries gauge
    parano_log_entries %d
    # HELP parano_refusals_unlisted_total Refusals that the log could not take.
    # TYPE parano_refusals_unlisted_total counter
    parano_refusals_unlisted_total %d
    """
        .formatted(core.books().sessions().size(), log.reader().size(), core.journal().unlisted());
  }

  private static String altered(String why, List<Finding> findings) {
    return Texts.say("start.altered", findings.isEmpty() ? why : why + ": " + findings);
  }

  private static void tell(Notice notice) {
    LOG.warn("store: {}", notice);
  }

  /// Shuts the doors first, then signs and closes the log; once, whoever asks.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (control != null) {
      control.close();
    }
    door.close();
    chores.close();
    noteSeen();
    journal.settle(clock.instant());
    journal.note(Event.at(clock.instant(), EventType.SERVER_STOPPED, Outcome.DONE));
    var _ = ledger.checkpoint(clock.instant());
    ledger.close();
    argon2.close();
  }
}
