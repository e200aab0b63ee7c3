package io.parano.witness;

import io.parano.audit.CosignedCheckpoint;

/// What came of asking one witness, from the most refusing to the most allowing.
public sealed interface Round {
  /// The log's own key signed more entries than there are, and this witness has it in writing.
  record Behind(long size, long witnessed) implements Round {}

  /// The log's own key signed other entries than there are, and this witness has it in writing.
  record Forked(long witnessed) implements Round {}

  /// No cosignature that counts; `why` is for the operator.
  record Failed(String why) implements Round {}

  record Cosigned(CosignedCheckpoint checkpoint) implements Round {}
}
