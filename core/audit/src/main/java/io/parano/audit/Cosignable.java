package io.parano.audit;

import java.time.Instant;

/// Proof that a checkpoint is its log's, and begins with all that was cosigned before. Only
/// [Witnessing#decide] makes one, and nothing else can be cosigned.
public sealed interface Cosignable permits DecidedCosignable {
  Checkpoint checkpoint();

  /// When it is cosigned: now, or the time of the last cosignature where the clock went back.
  Instant at();

  /// The checkpoint with its log's signature and that of `witness`, and nobody else's.
  String cosignedBy(NoteSigner witness);
}
