package io.parano.audit;

/// Proof that a checkpoint of the expected log was signed by a key that is believed. Only [#open]
/// makes one.
public sealed interface CheckedCheckpoint permits OpenedCheckpoint {
  Checkpoint checkpoint();

  /// The signed note it came in.
  String note();

  /// Opens `note`, expecting a checkpoint of the log `origin` signed by one of `keys`.
  static CheckpointOutcome open(String note, String origin, NoteKey... keys) {
    return switch (SignedNote.open(note, keys)) {
      case NoteOutcome.Malformed(String why) ->
          new CheckpointOutcome.Refused("not a signed checkpoint: " + why);
      case NoteOutcome.Unsigned _ -> new CheckpointOutcome.Refused("not signed by the given key");
      case NoteOutcome.Genuine genuine -> OpenedCheckpoint.of(genuine.text(), note, origin);
    };
  }
}
