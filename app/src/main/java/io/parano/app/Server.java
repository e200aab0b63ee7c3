package io.parano.app;

import io.parano.access.Admitting;
import io.parano.access.Books;
import io.parano.access.Gate;
import io.parano.access.Housekeeping;
import io.parano.access.Journal;
import io.parano.argon2.Argon2Pool;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.kernel.Randomness;
import io.parano.kernel.Tracing;
import io.parano.store.AuditReader;
import io.parano.store.SqlLedger;
import io.parano.web.AuthorityDoor;
import io.parano.web.Front;
import io.parano.web.Readiness;
import io.parano.web.WebDoor;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Runnable closeTraces;
  private final Doors doors;
  private final KeyDesk keys;
  private final RadiusStart radius;
  private final MailStart mail;
  private final WireGuardStart wireGuard;
  private final OpenVpnStart openvpn;
  private final WitnessWatch watch;
  private final Chores chores = new Chores();
  // Witnesses are asked apart: a slow one must not hold up the checkpoints themselves.
  private final Chores rounds = new Chores();
  private final Alarm alarm;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final WholeLog wholeLog;

  private Server(InstantSource clock, OpenLog log, Core core, Doors doors, Alarm alarm) {
    this.clock = clock;
    this.ledger = log.ledger();
    this.reader = log.reader();
    this.wholeLog = new WholeLog(log.reader(), found -> tampered("the log", found));
    this.watch = log.watch();
    this.books = core.books();
    this.journal = core.journal();
    this.gate = core.gate();
    this.argon2 = core.argon2();
    this.closeTraces = core::closeTraces;
    this.keys = core.keys();
    this.radius = core.radius();
    this.mail = core.mail();
    this.wireGuard = core.wireGuard();
    this.openvpn = core.openvpn();
    this.doors = doors;
    this.alarm = alarm;
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

  static Start start(ServerPlan plan, Beginning beginning) {
    return start(plan, Tracing.OFF, beginning);
  }

  /// @param tracing told of the requests
  static Start start(ServerPlan plan, Tracing tracing, Beginning beginning) {
    Randomness randomness = new SystemRandomness();
    InstantSource clock = InstantSource.system();
    return switch (LogStart.open(plan, clock, randomness)) {
      case LogStart.Came.Refused(var why) -> new Start.Refused(why);
      case LogStart.Came.Open(var log, var state) ->
          serve(
              plan,
              log,
              Core.wire(plan, log, state, clock, randomness, tracing),
              beginning,
              clock,
              randomness);
    };
  }

  private static Start serve(
      ServerPlan plan,
      OpenLog log,
      Core core,
      Beginning beginning,
      InstantSource clock,
      Randomness randomness) {
    try {
      String objection = beginning.begin(core.books(), randomness, clock.instant());
      if (!objection.isEmpty()) {
        shut(log, core);
        return new Start.Refused(objection);
      }
      return vouched(plan, log, core, clock);
    } catch (RuntimeException e) {
      shut(log, core);
      throw e;
    }
  }

  /// What a witness told before may have been said long ago and repeated by somebody on the way.
  /// What it cosigns now was not.
  private static Start vouched(ServerPlan plan, OpenLog log, Core core, InstantSource clock) {
    if (!plan.witnesses().witnesses().isEmpty()) {
      var _ = log.ledger().checkpoint(clock.instant());
    }
    return switch (log.watch().round(clock.instant())) {
      case WitnessWatch.Came.Tampered(var why) -> {
        shut(log, core);
        yield new Start.Refused(Texts.say("serve.tampered", why));
      }
      case WitnessWatch.Came.Nobody(var why) ->
          switch (plan.witnesses().whenSilent()) {
            case REFUSE -> {
              shut(log, core);
              yield new Start.Refused(Texts.say("serve.witness-silent", why));
            }
            case SERVE -> open(plan, log, core, clock, "nobody: " + why);
          };
      case WitnessWatch.Came.Vouched(var by) -> open(plan, log, core, clock, String.join(" ", by));
    };
  }

  private static Start open(
      ServerPlan plan, OpenLog log, Core core, InstantSource clock, String witnessedBy) {
    Event started = Event.at(clock.instant(), EventType.SERVER_STARTED, Outcome.DONE);
    core.journal()
        .note(
            plan.witnesses().witnesses().isEmpty()
                ? started
                : started.with("witnessed-by", witnessedBy));
    Alarm alarm = new Alarm(log.watch(), clock);
    Gate gate = core.gate();
    Tracing tracing = core.tracing();
    Admitting admitting = Traced.request(Admitting.class, gate.admitting(), tracing, "vpn");
    try {
      core.radius().open(admitting);
      core.mail().open(tracing);
      core.wireGuard().open(gate.arming());
      core.openvpn().open(admitting);
      Front door =
          FrontStart.open(
              plan,
              WebStart.core(core),
              core.doors(),
              alarm::readiness,
              () -> gauges(core, log) + log.watch().gauges(clock.instant()) + core.traceGauges());
      Doors doors = Doors.beside(door, plan, log, core, alarm::readiness, clock);
      Server server = new Server(clock, log, core, doors, alarm);
      server.work();
      return new Start.Serving(server);
    } catch (UncheckedIOException e) {
      core.journal().note(Event.at(clock.instant(), EventType.SERVER_STOPPED, Outcome.FAILED));
      shut(log, core);
      return new Start.Refused(Refusal.why(e));
    }
  }

  private static void shut(OpenLog log, Core core) {
    core.radius().close();
    core.mail().close();
    core.wireGuard().close();
    core.openvpn().close();
    core.argon2().close();
    core.closeTraces();
    log.ledger().close();
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

  SqlLedger ledger() {
    return ledger;
  }

  KeyDesk keys() {
    return keys;
  }

  MailStart mail() {
    return mail;
  }

  /// How the witnesses do.
  String witnessStatus() {
    return watch.status(clock.instant());
  }

  Readiness readiness() {
    return alarm.readiness();
  }

  /// Throws [IllegalStateException] where the doors are in other processes.
  WebDoor door() {
    return switch (doors.web()) {
      case WebDoor web -> web;
      case AuthorityDoor _ -> throw new IllegalStateException("the doors are elsewhere");
    };
  }

  private void work() {
    Housekeeping housekeeping = new Housekeeping(books, clock);
    chores.every(CHECKPOINT_SECONDS, "checkpoint", this::checkpoint);
    rounds.every(CHECKPOINT_SECONDS, "witnesses", this::round);
    chores.every(
        HOUSEKEEPING_SECONDS,
        "housekeeping",
        () -> {
          checkRows();
          wholeLog.readOnce();
          books.noteSeen();
          housekeeping.round();
          gate.lever().tellAgain();
        });
    chores.once("cuts-untold", gate.lever()::tellAgain);
    wholeLog.begin();
    keys.resume();
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

  /// Has the last checkpoint cosigned.
  void round() {
    switch (watch.round(clock.instant())) {
      case WitnessWatch.Came.Tampered(var why) -> tampered("the log", why);
      case WitnessWatch.Came.Nobody _, WitnessWatch.Came.Vouched _ -> {}
    }
  }

  /// Compares the rows below the state in memory with what was written.
  void checkRows() {
    switch (ledger.checkRows()) {
      case SqlLedger.RowsChecked.Altered(var findings) ->
          tampered("the database", findings.toString());
      case SqlLedger.RowsChecked.Failed(var why) ->
          LOG.error("the rows could not be checked; they are again in a minute: {}", why);
      case SqlLedger.RowsChecked.Whole _ -> {}
    }
  }

  private void tampered(String where, String what) {
    alarm
        .raise(where, what)
        .ifPresent(event -> {
          journal.note(event);
          doors.shut();
          radius.close();
          mail.close();
          wireGuard.close();
          openvpn.close();
        });
  }

  private static String gauges(Core core, OpenLog log) {
    return Gauges.text(
            core.books().sessions().size(),
            log.reader().size(),
            core.journal().unlisted(),
            core.gate().oldHashes().left(),
            core.books().roster().frozen())
        + core.radius().gauges()
        + core.mail().gauges()
        + core.wireGuard().gauges();
  }

  /// Shuts the doors first, then signs and closes the log; once, whoever asks.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    doors.close();
    keys.close();
    radius.close();
    mail.close();
    wireGuard.close();
    openvpn.close();
    rounds.close();
    chores.close();
    books.noteAllSeen();
    journal.settle(clock.instant());
    journal.note(Event.at(clock.instant(), EventType.SERVER_STOPPED, Outcome.DONE));
    var _ = ledger.checkpoint(clock.instant());
    // Who puts something back does it while nothing runs: nothing is left unwitnessed meanwhile.
    var _ = watch.round(clock.instant());
    wholeLog.close();
    ledger.close();
    argon2.close();
    closeTraces.run();
  }
}
