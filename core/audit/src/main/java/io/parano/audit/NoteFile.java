package io.parano.audit;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A file of signed checkpoints: one, or several with a line `--` between them.
///
/// @param name what to call it, such as the path it came from
public record NoteFile(String name, Bytes content) {
  /// The checkpoints in it that are genuine; the others go to `findings`.
  ///
  /// @param kept where the file was kept; what a believed witness has cosigned counts as from
  ///   elsewhere wherever it lay, since the log's own key cannot make that signature
  List<Anchor> open(
      Anchor.Kept kept, NoteKey key, List<CosignatureKey> witnesses, Findings findings) {
    CosignatureKey[] known = witnesses.toArray(CosignatureKey[]::new);
    List<Anchor> anchors = new ArrayList<>();
    List<String> notes = notes(findings);
    for (int i = 0; i < notes.size(); i++) {
      String called = notes.size() == 1 ? name : name + " #" + (i + 1);
      switch (CosignedCheckpoint.open(notes.get(i), key.name(), key, known)) {
        case CosignedOutcome.Genuine(CosignedCheckpoint cosigned) ->
            anchors.add(anchor(called, kept, cosigned));
        case CosignedOutcome.Refused(String why) ->
            findings.add(new Finding.CheckpointRefused(called, why));
      }
    }
    return anchors;
  }

  private static Anchor anchor(String name, Anchor.Kept kept, CosignedCheckpoint found) {
    return new Anchor(
        name,
        found.cosignatures().isEmpty() ? kept : Anchor.Kept.ELSEWHERE,
        found.signed(),
        found.cosignatures());
  }

  private List<String> notes(Findings findings) {
    if (content.length() == 0) {
      return List.of();
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content.copy())).toString();
      List<String> notes = new ArrayList<>();
      int from = 0;
      for (int mark; (mark = text.indexOf("\n" + ExportWriter.BETWEEN_NOTES, from)) >= 0; ) {
        notes.add(text.substring(from, mark + 1));
        from = mark + 1 + ExportWriter.BETWEEN_NOTES.length();
      }
      notes.add(text.substring(from));
      return notes;
    } catch (CharacterCodingException e) {
      findings.add(new Finding.CheckpointRefused(name, "not UTF-8"));
      return List.of();
    }
  }
}
