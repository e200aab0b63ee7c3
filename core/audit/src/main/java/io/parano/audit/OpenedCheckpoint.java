package io.parano.audit;

record OpenedCheckpoint(Checkpoint checkpoint, String note) implements CheckedCheckpoint {
  static CheckpointOutcome of(String text, String note, String origin) {
    try {
      Checkpoint checkpoint = Checkpoint.parse(text);
      return checkpoint.origin().equals(origin)
          ? new CheckpointOutcome.Genuine(new OpenedCheckpoint(checkpoint, note))
          : new CheckpointOutcome.Refused(
              "a checkpoint of " + checkpoint.origin() + ", not of " + origin);
    } catch (IllegalArgumentException e) {
      return new CheckpointOutcome.Refused("signed, but no checkpoint: " + e.getMessage());
    }
  }
}
