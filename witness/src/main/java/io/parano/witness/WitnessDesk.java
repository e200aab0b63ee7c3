package io.parano.witness;

import io.parano.audit.AddCheckpoint;
import io.parano.audit.Cosignable;
import io.parano.audit.CosignedCheckpoint;
import io.parano.audit.CosignedOutcome;
import io.parano.audit.NoteSigner;
import io.parano.audit.WatchedLog;
import io.parano.audit.WitnessDecision;
import io.parano.audit.Witnessing;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a witness does: decides on what it has cosigned before, keeps, and only then answers. For
/// one log this is one at a time; two requests that were judged against the same past could
/// otherwise both be cosigned.
final class WitnessDesk {
  private final NoteSigner signer;
  private final KeptCheckpoints kept;
  private final InstantSource clock;
  private final Map<String, Slot> slots = new LinkedHashMap<>();

  /// Throws [IOException] when what was kept can't be read.
  WitnessDesk(List<WatchedLog> logs, NoteSigner signer, KeptCheckpoints kept, InstantSource clock)
      throws IOException {
    this.signer = signer;
    this.kept = kept;
    this.clock = clock;
    for (WatchedLog log : logs) {
      slots.put(log.origin(), new Slot(log, kept.read(log, signer.cosignatureKey())));
    }
  }

  /// From the most refusing to the most allowing.
  sealed interface Answer {
    record Refused(WitnessDecision.Refusal why) implements Answer {}

    /// It could be cosigned, but what was cosigned could not be kept.
    record NotKept(String why) implements Answer {}

    record Cosigned(CosignedCheckpoint checkpoint) implements Answer {}
  }

  /// One log, and what was cosigned last for it. Held while it is decided on.
  private static final class Slot {
    private final WatchedLog log;
    private Optional<CosignedCheckpoint> last;

    Slot(WatchedLog log, Optional<CosignedCheckpoint> last) {
      this.log = log;
      this.last = last;
    }
  }

  Answer add(AddCheckpoint request) {
    Slot slot = slots.get(request.origin());
    if (slot == null) {
      return new Answer.Refused(new WitnessDecision.UnknownLog(request.origin()));
    }
    synchronized (slot) {
      return switch (Witnessing.decide(request, slot.log, slot.last, clock.instant())) {
        case WitnessDecision.Refusal refusal -> new Answer.Refused(refusal);
        case WitnessDecision.Cosign(Cosignable checkpoint) -> keep(slot, checkpoint);
      };
    }
  }

  private Answer keep(Slot slot, Cosignable checkpoint) {
    String note = checkpoint.cosignedBy(signer);
    CosignedCheckpoint cosigned =
        switch (CosignedCheckpoint.open(
            note, slot.log.origin(), slot.log.key(), signer.cosignatureKey())) {
          case CosignedOutcome.Genuine(CosignedCheckpoint own) -> own;
          case CosignedOutcome.Refused(String why) ->
              throw new IllegalStateException("what we signed does not verify: " + why);
        };
    try {
      kept.keep(slot.log, note);
    } catch (IOException e) {
      return new Answer.NotKept(e.toString());
    }
    slot.last = Optional.of(cosigned);
    return new Answer.Cosigned(cosigned);
  }

  /// The newest cosigned checkpoint at this path below the prefix; empty when there is none.
  Optional<String> latest(String path) {
    for (Slot slot : slots.values()) {
      if (AddCheckpoint.latestPath(slot.log.origin()).equals(path)) {
        synchronized (slot) {
          return slot.last.map(cosigned -> cosigned.signed().note());
        }
      }
    }
    return Optional.empty();
  }
}
