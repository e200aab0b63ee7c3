package io.parano.audit;

import io.parano.kernel.Digest;
import java.time.Instant;
import java.util.Optional;

/// What a witness does with a checkpoint, as a pure decision (C2SP tlog-witness, add-checkpoint, in
/// the order of its clauses). Whoever calls holds one lock per log from reading `last` until what
/// was decided is kept, and answers only then.
public final class Witnessing {
  private Witnessing() {}

  /// @param last the checkpoint that was cosigned last for this log, which the witness keeps; empty
  ///   when there was never any
  public static WitnessDecision decide(
      AddCheckpoint request, WatchedLog log, Optional<CosignedCheckpoint> last, Instant now) {
    if (!request.origin().equals(log.origin())) {
      return new WitnessDecision.UnknownLog(request.origin());
    }
    return switch (SignedNote.open(request.note(), log.key())) {
      case NoteOutcome.Malformed(String why) -> new WitnessDecision.NotSigned(why);
      case NoteOutcome.Unsigned _ ->
          new WitnessDecision.NotSigned("not signed by the key of " + log.origin());
      case NoteOutcome.Genuine genuine ->
          switch (OpenedCheckpoint.of(genuine.text(), request.note(), log.origin())) {
            case CheckpointOutcome.Refused(String why) -> new WitnessDecision.Malformed(why);
            case CheckpointOutcome.Genuine(CheckedCheckpoint signed) ->
                compare(request, signed, log, last, now);
          };
    };
  }

  private static WitnessDecision compare(
      AddCheckpoint request,
      CheckedCheckpoint signed,
      WatchedLog log,
      Optional<CosignedCheckpoint> last,
      Instant now) {
    Checkpoint next = signed.checkpoint();
    if (request.old() > next.size()) {
      return new WitnessDecision.OldBeyond(request.old(), next.size());
    }
    Checkpoint known =
        last.map(cosigned -> cosigned.signed().checkpoint())
            .orElse(new Checkpoint(log.origin(), 0, Merkle.emptyRoot()));
    if (request.old() != known.size()) {
      return new WitnessDecision.Elsewhere(known.size());
    }
    return switch (continues(request, known, next)) {
      case ProofOutcome.Broken(String why) -> new WitnessDecision.Inconsistent(why);
      case ProofOutcome.Holds _ ->
          new WitnessDecision.Cosign(new DecidedCosignable(signed, log.key(), time(last, now)));
    };
  }

  private static ProofOutcome continues(AddCheckpoint request, Checkpoint known, Checkpoint next) {
    if (next.size() == 0 && !next.root().equals(Merkle.emptyRoot())) {
      return new ProofOutcome.Broken("the empty tree has another root");
    }
    if (known.size() > 0) {
      Digest from = known.root();
      return Proofs.verifyConsistency(
          known.size(), next.size(), from, next.root(), request.proof());
    }
    return request.proof().isEmpty()
        ? new ProofOutcome.Holds()
        : new ProofOutcome.Broken("from the empty tree there is nothing to prove");
  }

  /// "As of this time, the largest" must stay true of what was said before, whatever the clock
  /// does.
  private static Instant time(Optional<CosignedCheckpoint> last, Instant now) {
    return last.stream()
        .flatMap(cosigned -> cosigned.cosignatures().stream())
        .map(Cosignature::at)
        .filter(at -> at.isAfter(now))
        .findFirst()
        .orElse(now);
  }
}
