package io.parano.audit;

/// What came of opening a signed checkpoint.
public sealed interface CheckpointOutcome {
  /// Not a checkpoint of this log under a key that is believed; `why` is for the operator.
  record Refused(String why) implements CheckpointOutcome {}

  record Genuine(CheckedCheckpoint checkpoint) implements CheckpointOutcome {}
}
