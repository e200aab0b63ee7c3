package io.parano.app;

import io.parano.access.State;
import io.parano.audit.Finding;
import io.parano.audit.NoteSigner;
import io.parano.audit.WatchedLog;
import io.parano.kernel.Randomness;
import io.parano.kernel.Tagger;
import io.parano.store.AuditReader;
import io.parano.store.Notice;
import io.parano.store.Opening;
import io.parano.store.PostgresAddress;
import io.parano.store.PostgresLog;
import io.parano.store.SqlLedger;
import io.parano.store.SqliteLog;
import io.parano.store.Witnessed;
import io.parano.verifier.FindingText;
import io.parano.witness.Witnesses;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens a server's log against everything that vouches for it, and says to the operator why it
/// stays shut.
final class LogStart {
  private static final Logger LOG = LoggerFactory.getLogger(LogStart.class);

  private final ServerPlan plan;
  private final WatchedLog watched;
  private final OriginSigner signer;
  private final List<NoteSigner> signers;
  private final Instant started;
  private final Witnesses witnesses;

  private LogStart(ServerPlan plan, InstantSource clock) {
    this.plan = plan;
    this.signer = new OriginSigner(plan.logOrigin(), plan.keyset().logSigner());
    this.watched = new WatchedLog(plan.logOrigin(), signer.key());
    this.signers = OriginSigner.all(plan.logOrigin(), plan.keyset());
    this.started = clock.instant();
    this.witnesses = new Witnesses(plan.witnesses().witnesses(), clock.instant());
  }

  /// From the most refusing to the most allowing.
  sealed interface Came {
    /// @param why for the operator: what is wrong and what to do
    record Refused(String why) implements Came {}

    record Open(OpenLog log, State state) implements Came {}
  }

  static Came open(ServerPlan plan, InstantSource clock, Randomness randomness) {
    return new LogStart(plan, clock).open(clock, randomness);
  }

  /// What a start finds in the log that `plan` names, with nobody's word but what is kept outside.
  static Opening find(ServerPlan plan, InstantSource clock, Randomness randomness) {
    return new LogStart(plan, clock).open(clock.instant(), List.of(), randomness);
  }

  /// The same, with the word of witnesses.
  static Opening findWitnessed(
      ServerPlan plan, WitnessPlan witnesses, InstantSource clock, Randomness randomness) {
    LogStart start = new LogStart(plan, clock);
    return switch (WitnessStart.ask(
        new Witnesses(witnesses.witnesses(), clock.instant()), witnesses, start.watched, clock)) {
      case WitnessStart.Asked.Silent(var why) -> new Opening.Refused(why);
      case WitnessStart.Asked.Answered(var seen) -> start.open(clock.instant(), seen, randomness);
    };
  }

  /// Witnesses first: nothing of the log is touched before they have said what they have seen.
  private Came open(InstantSource clock, Randomness randomness) {
    return switch (WitnessStart.ask(witnesses, plan.witnesses(), watched, clock)) {
      case WitnessStart.Asked.Silent(var why) ->
          new Came.Refused(Texts.say("serve.witness-silent", why));
      case WitnessStart.Asked.Answered(var seen) -> opened(open(clock.instant(), seen, randomness));
    };
  }

  private Opening open(Instant now, List<Witnessed> seen, Randomness randomness) {
    Tagger tagger = plan.keyset().rowTagger();
    PostgresAddress database = plan.database();
    return database == null
        ? new SqliteLog(plan.data(), plan.outside(), signer, tagger, randomness, LogStart::tell)
            .open(now, seen)
        : new PostgresLog(
                plan.data(), database, plan.outside(), signer, tagger, randomness, LogStart::tell)
            .open(now, seen);
  }

  private Came opened(Opening opening) {
    return switch (opening) {
      case Opening.Shut shut -> new Came.Refused(why(shut));
      case Opening.Opened(var ledger, var reader, var state) -> watched(ledger, reader, state);
      case Opening.NewLog(var ledger, var reader, var state) -> watched(ledger, reader, state);
    };
  }

  /// What is wrong and what to do, for the operator.
  static String why(Opening.Shut shut) {
    return switch (shut) {
      case Opening.Altered(var why, var findings) -> altered(why, findings);
      case Opening.RowsAltered(var findings) -> Texts.say("start.rows", RowWords.of(findings));
      case Opening.Behind(var size, var kept) ->
          Texts.say("start.behind", Long.toString(size), Long.toString(kept));
      case Opening.BehindWitness(var witness, var size, var seen) ->
          Texts.say("serve.behind-witness", Long.toString(size), witness, Long.toString(seen));
      case Opening.Forked(var witness, var seen) ->
          Texts.say("serve.forked", witness, Long.toString(seen));
      case Opening.Unwitnessed(var size) -> Texts.say("start.unwitnessed", Long.toString(size));
      case Opening.Refused(var why) -> StoreWords.of(why);
      case Opening.Failed(var why, var cause) -> StoreWords.of(why);
    };
  }

  private Came watched(SqlLedger ledger, AuditReader reader, State state) {
    if (ledger.signBy(signers, started) instanceof SqlLedger.Checkpointed.Failed(String why)) {
      ledger.close();
      return new Came.Refused(StoreWords.of(why));
    }
    WitnessWatch watch = new WitnessWatch(witnesses, new StoredLogView(watched, reader), ledger);
    return new Came.Open(new OpenLog(ledger, reader, watch), state);
  }

  private static String altered(String why, List<Finding> findings) {
    return Texts.say(
        "start.altered",
        findings.isEmpty()
            ? StoreWords.of(why)
            : findings.stream()
                .map(finding -> FindingText.of(finding, Tongues.now()))
                .collect(Collectors.joining("; ")));
  }

  private static void tell(Notice notice) {
    LOG.warn("store: {}", notice);
  }
}
