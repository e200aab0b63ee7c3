package io.parano.witness;

import io.parano.audit.AddCheckpoint;
import io.parano.audit.CheckedCheckpoint;
import io.parano.audit.Checkpoint;
import io.parano.audit.CheckpointOutcome;
import io.parano.audit.CosignedCheckpoint;
import java.time.Duration;
import java.time.Instant;

/// Asks one witness to cosign the last checkpoint, wherever the witness stands.
final class WitnessRound {
  /// How far its clock may be from ours. A cosignature from longer ago may have been kept by
  /// somebody who answers in the witness's place.
  static final Duration CLOCKS_APART = Duration.ofMinutes(5);

  /// One more than it takes when nobody else submits.
  private static final int TRIES = 3;

  private final Witness witness;
  private final LogView log;
  private final String note;
  private final Instant now;

  /// @param note the checkpoint to be cosigned
  WitnessRound(Witness witness, LogView log, String note, Instant now) {
    this.witness = witness;
    this.log = log;
    this.note = note;
    this.now = now;
  }

  /// @param known what the witness is thought to have cosigned
  Round push(long known) {
    Checkpoint head =
        switch (CheckedCheckpoint.open(note, log.log().origin(), log.log().key())) {
          case CheckpointOutcome.Genuine(CheckedCheckpoint ours) -> ours.checkpoint();
          case CheckpointOutcome.Refused(String why) ->
              throw new IllegalStateException("our own checkpoint: " + why);
        };
    long old = Math.min(known, head.size());
    for (int i = 0; i < TRIES; i++) {
      AddCheckpoint request = new AddCheckpoint(old, log.consistency(old, head.size()), note);
      switch (witness.add(log.log(), request)) {
        case Witness.Added.Silent(String why) -> {
          return new Round.Failed(why);
        }
        case Witness.Added.Refused(String why) -> {
          return proven(why);
        }
        case Witness.Added.Elsewhere(long size) when size > head.size() -> {
          return proven("it says that it has cosigned %d entries".formatted(size));
        }
        case Witness.Added.Elsewhere(long size) -> old = size;
        case Witness.Added.Cosigned(CosignedCheckpoint cosigned) -> {
          return dated(cosigned);
        }
      }
    }
    return new Round.Failed("it stands elsewhere each time it is asked");
  }

  private Round dated(CosignedCheckpoint cosigned) {
    Instant at = cosigned.cosignatures().getFirst().at();
    return Duration.between(at, now).abs().compareTo(CLOCKS_APART) > 0
        ? new Round.Failed("its clock says %s, ours %s".formatted(at, now))
        : new Round.Cosigned(cosigned);
  }

  /// A witness that refuses may lie, or have been told lies. What it can show under our own key
  /// tells.
  private Round proven(String claim) {
    return switch (witness.latest(log.log())) {
      case Witness.Latest.Silent _, Witness.Latest.Never _ -> new Round.Failed(claim);
      case Witness.Latest.Cosigned(CosignedCheckpoint shown) -> {
        Checkpoint seen = shown.signed().checkpoint();
        if (seen.size() > log.size()) {
          yield new Round.Behind(log.size(), seen.size());
        }
        yield log.root(seen.size()).equals(seen.root())
            ? new Round.Failed(claim)
            : new Round.Forked(seen.size());
      }
    };
  }
}
