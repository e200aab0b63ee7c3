package io.parano.audit;

/// What came of opening a checkpoint that witnesses may have cosigned.
public sealed interface CosignedOutcome {
  /// Not a checkpoint of this log, or one on which a known witness's line is wrong; `why` is for
  /// the operator.
  record Refused(String why) implements CosignedOutcome {}

  record Genuine(CosignedCheckpoint checkpoint) implements CosignedOutcome {}
}
