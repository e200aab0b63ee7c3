package io.parano.audit;

import java.util.List;

/// What came of opening a signed note.
public sealed interface NoteOutcome {
  /// Not a note, or one on which a known key's signature is wrong: all of it is to be ignored.
  record Malformed(String why) implements NoteOutcome {}

  /// A note that none of the known keys signed: its text is to be ignored.
  record Unsigned() implements NoteOutcome {}

  /// Signed by these known keys.
  record Genuine(String text, List<NoteKey> signers) implements NoteOutcome {}
}
