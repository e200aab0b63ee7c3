package io.parano.audit;

import java.util.List;

/// Proof that a checkpoint was signed by its log, and by these witnesses besides, which may be
/// none. Only [#open] makes one.
public sealed interface CosignedCheckpoint permits OpenedCosigned {
  CheckedCheckpoint signed();

  /// At most one of each witness, the newest.
  List<Cosignature> cosignatures();

  /// The lines of those cosignatures, each with the line feed that ends it.
  String lines();

  /// Opens `note`, expecting a checkpoint of the log whose origin is `origin` and whose key is
  /// `log`. A line under the name and id of a known witness that does not verify refuses all of it
  /// (C2SP signed-note).
  static CosignedOutcome open(String note, String origin, NoteKey log, CosignatureKey... known) {
    return switch (CheckedCheckpoint.open(note, origin, log)) {
      case CheckpointOutcome.Refused(String why) -> new CosignedOutcome.Refused(why);
      case CheckpointOutcome.Genuine(CheckedCheckpoint signed) ->
          OpenedCosigned.of(signed, List.of(known));
    };
  }

  /// The note with the lines of `newer` under it instead of any from the same witnesses. Both must
  /// be of the same text.
  static String join(String note, CosignedCheckpoint newer) {
    return OpenedCosigned.join(note, newer);
  }
}
