package io.parano.app;

import io.parano.audit.CosignedCheckpoint;
import io.parano.audit.CosignedOutcome;
import io.parano.store.SqlLedger;
import io.parano.witness.LogView;
import io.parano.witness.Round;
import io.parano.witness.Standing;
import io.parano.witness.Witnesses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the witnesses of a running server cosign its checkpoints, keeps what they signed, and knows
/// how long that was ago.
final class WitnessWatch {
  private static final Logger LOG = LoggerFactory.getLogger(WitnessWatch.class);

  private final Witnesses witnesses;
  private LogView log;
  private final SqlLedger ledger;
  private final Set<String> troubled = new HashSet<>();
  private long keptSize = -1;
  private int keptLines;

  WitnessWatch(Witnesses witnesses, LogView log, SqlLedger ledger) {
    this.witnesses = witnesses;
    this.log = log;
    this.ledger = ledger;
  }

  /// What a round came to, from the most refusing to the most allowing.
  sealed interface Came {
    /// The log's own signature shows that it is not what it was.
    record Tampered(String why) implements Came {}

    /// Nobody vouched for it this time.
    record Nobody(String why) implements Came {}

    /// @param by the witnesses that did; empty when there are none to ask
    record Vouched(List<String> by) implements Came {}
  }

  /// Shows witnesses the log as `next` from now on, between two rounds.
  synchronized void follow(LogView next) {
    log = next;
  }

  /// One round.
  synchronized Came round(Instant now) {
    if (witnesses.none()) {
      return new Came.Vouched(List.of());
    }
    Map<String, Round> rounds = witnesses.round(log, now);
    List<CosignedCheckpoint> cosigned = new ArrayList<>();
    List<String> tampered = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    rounds.forEach((name, round) -> {
      switch (round) {
        case Round.Behind(long size, long seen) ->
            tampered.add(
                "the log has %d entries, but the witness %s has cosigned %d"
                    .formatted(size, name, seen));
        case Round.Forked(long seen) ->
            tampered.add(
                "the log's first %d entries are not those that the witness %s has cosigned"
                    .formatted(seen, name));
        case Round.Failed(String why) -> failed.add(name + ": " + why);
        case Round.Cosigned(CosignedCheckpoint checkpoint) -> cosigned.add(checkpoint);
      }
    });
    keep(cosigned, now);
    tell();
    if (!tampered.isEmpty()) {
      return new Came.Tampered(String.join("; ", tampered));
    }
    return cosigned.isEmpty()
        ? new Came.Nobody(String.join("; ", failed))
        : new Came.Vouched(
            cosigned.stream()
                .map(one -> one.cosignatures().getFirst().witness().name())
                .sorted()
                .toList());
  }

  /// Keeps it when it says more than the last one that was kept: of more entries, or by more
  /// witnesses.
  private void keep(List<CosignedCheckpoint> cosigned, Instant now) {
    if (cosigned.isEmpty()) {
      return;
    }
    String note = cosigned.getFirst().signed().note();
    for (CosignedCheckpoint one : cosigned) {
      note = CosignedCheckpoint.join(note, one);
    }
    CosignedCheckpoint all = reopened(note);
    long size = all.signed().checkpoint().size();
    int lines = all.cosignatures().size();
    if (size == keptSize && lines <= keptLines) {
      return;
    }
    switch (ledger.cosigned(all, now)) {
      case SqlLedger.Checkpointed.Failed(var why) ->
          LOG.error("a cosigned checkpoint could not be kept: {}", why);
      case SqlLedger.Checkpointed.NotOutside(var why) ->
          LOG.error("a cosigned checkpoint could not be kept outside: {}", why);
      case SqlLedger.Checkpointed.Signed _, SqlLedger.Checkpointed.Unchanged _ -> {
        keptSize = size;
        keptLines = lines;
      }
    }
  }

  private CosignedCheckpoint reopened(String note) {
    return switch (CosignedCheckpoint.open(
        note, log.log().origin(), log.log().key(), witnesses.keys())) {
      case CosignedOutcome.Genuine(CosignedCheckpoint all) -> all;
      case CosignedOutcome.Refused(String why) -> throw new IllegalStateException(why);
    };
  }

  /// Each trouble once when it begins, and once when it is over.
  private void tell() {
    for (Standing standing : witnesses.standings()) {
      if (standing.trouble().isEmpty()) {
        if (troubled.remove(standing.witness())) {
          LOG.info("the witness {} cosigns again", standing.witness());
        }
      } else if (troubled.add(standing.witness())) {
        LOG.error("the witness {} has not cosigned: {}", standing.witness(), standing.trouble());
      }
    }
  }

  /// For whoever looks: what each witness has cosigned, and when.
  String status(Instant now) {
    return witnesses.none()
        ? "none"
        : witnesses.standings().stream()
            .map(standing -> line(standing, now))
            .collect(Collectors.joining("; "));
  }

  /// Which witnesses have not cosigned for long; empty when all have.
  String overdue(Instant now) {
    return witnesses.standings().stream()
        .filter(standing -> standing.isOverdue(now))
        .map(standing -> line(standing, now))
        .collect(Collectors.joining("; "));
  }

  private static String line(Standing standing, Instant now) {
    long seconds = Duration.between(standing.since(), now).toSeconds();
    return standing.trouble().isEmpty()
        ? "%s: %d entries, %d s ago".formatted(standing.witness(), standing.size(), seconds)
        : "%s: NOT for %d s (%s)".formatted(standing.witness(), seconds, standing.trouble());
  }

  String gauges(Instant now) {
    List<Standing> standings = witnesses.standings();
    if (standings.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            """
            # HELP parano_witnessed_entries Entries that a witness has cosigned.
            # TYPE parano_witnessed_entries gauge
            """);
    standings.forEach(one ->
        text.append(
            "parano_witnessed_entries{witness=\"%s\"} %d\n".formatted(label(one), one.size())));
    text.append(
        """
        # HELP parano_witness_age_seconds Seconds since a witness has cosigned.
        # TYPE parano_witness_age_seconds gauge
        """);
    standings.forEach(one ->
        text.append(
            "parano_witness_age_seconds{witness=\"%s\"} %d\n"
                .formatted(label(one), Duration.between(one.since(), now).toSeconds())));
    return text.toString();
  }

  /// As the text format of Prometheus escapes a label's value.
  private static String label(Standing standing) {
    return standing.witness().replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
