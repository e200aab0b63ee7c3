package io.parano.witness;

import io.parano.audit.AddCheckpoint;
import io.parano.audit.Cosignable;
import io.parano.audit.CosignatureKey;
import io.parano.audit.CosignedCheckpoint;
import io.parano.audit.CosignedOutcome;
import io.parano.audit.NoteSigner;
import io.parano.audit.WatchedLog;
import io.parano.audit.WitnessDecision;
import io.parano.audit.Witnessing;
import java.time.InstantSource;
import java.util.Optional;

/// A witness without network and disk, for one log.
final class FakeWitness implements Witness {
  private final NoteSigner signer;
  private final WatchedLog known;
  private final InstantSource clock;
  private Optional<CosignedCheckpoint> last = Optional.empty();
  private boolean silent;

  FakeWitness(NoteSigner signer, WatchedLog known, InstantSource clock) {
    this.signer = signer;
    this.known = known;
    this.clock = clock;
  }

  void silent(boolean is) {
    silent = is;
  }

  @Override
  public CosignatureKey key() {
    return signer.cosignatureKey();
  }

  @Override
  public synchronized Latest latest(WatchedLog log) {
    if (silent) {
      return new Latest.Silent("silent");
    }
    return log.origin().equals(known.origin())
        ? last.<Latest>map(Latest.Cosigned::new).orElseGet(Latest.Never::new)
        : new Latest.Never();
  }

  @Override
  public synchronized Added add(WatchedLog log, AddCheckpoint request) {
    if (silent) {
      return new Added.Silent("silent");
    }
    return switch (Witnessing.decide(request, known, last, clock.instant())) {
      case WitnessDecision.Malformed(String why) -> new Added.Silent(why);
      case WitnessDecision.OldBeyond _ -> new Added.Silent("no proof leads there");
      case WitnessDecision.UnknownLog _ -> new Added.Refused("unknown");
      case WitnessDecision.NotSigned(String why) -> new Added.Refused(why);
      case WitnessDecision.Inconsistent(String why) -> new Added.Refused(why);
      case WitnessDecision.Elsewhere(long size) -> new Added.Elsewhere(size);
      case WitnessDecision.Cosign(Cosignable checkpoint) -> {
        CosignedCheckpoint cosigned = opened(checkpoint.cosignedBy(signer));
        last = Optional.of(cosigned);
        yield new Added.Cosigned(cosigned);
      }
    };
  }

  private CosignedCheckpoint opened(String note) {
    return switch (CosignedCheckpoint.open(
        note, known.origin(), known.key(), signer.cosignatureKey())) {
      case CosignedOutcome.Genuine(CosignedCheckpoint cosigned) -> cosigned;
      case CosignedOutcome.Refused(String why) -> throw new IllegalStateException(why);
    };
  }
}
