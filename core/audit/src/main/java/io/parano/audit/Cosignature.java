package io.parano.audit;

import java.time.Instant;

/// Proof that a witness cosigned a checkpoint: as of [#at], it was the largest that the witness had
/// seen of this log, and consistent with all before it (C2SP tlog-cosignature, semantics). Only
/// [CosignedCheckpoint#open] makes one.
public sealed interface Cosignature permits VerifiedCosignature {
  CosignatureKey witness();

  Instant at();
}
