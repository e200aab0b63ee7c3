package io.parano.audit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Text under signatures (C2SP signed-note): the text, an empty line, then one line per signature,
/// `— name base64(key id || signature)`. Lines of unknown keys are passed over, so that witnesses
/// may sign too.
public final class SignedNote {
  private SignedNote() {}

  /// `text` (ending in a line feed) signed by each of `signers`, as the note to publish.
  public static String sign(String text, NoteSigner... signers) {
    if (signers.length == 0 || !text.endsWith("\n") || NoteParts.hasControl(text)) {
      throw new IllegalArgumentException(
          "a note needs a signer, and a text without control characters that ends in a line feed");
    }
    StringBuilder note = new StringBuilder(text).append('\n');
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    for (NoteSigner signer : signers) {
      note.append(NoteLine.of(signer.key().key(), signer.sign(message)).text());
    }
    return note.toString();
  }

  /// `note` with a line of each of `signers` that has none under it yet. The text is signed as it
  /// stands: whoever calls has checked it.
  public static String countersign(String note, NoteSigner... signers) {
    return switch (NoteParts.of(note)) {
      case NoteParts.Malformed(String why) -> throw new IllegalArgumentException(why);
      case NoteParts.Split(String text, List<NoteLine> lines) -> {
        StringBuilder signed = new StringBuilder(note);
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        for (NoteSigner signer : signers) {
          if (lines.stream().noneMatch(line -> line.isOf(signer.key().key()))) {
            signed.append(NoteLine.of(signer.key().key(), signer.sign(message)).text());
          }
        }
        yield signed.toString();
      }
    };
  }

  /// Checks `note` against the keys that are believed. A line under the name and id of a known key
  /// that does not verify makes the whole note malformed, whoever else signed.
  public static NoteOutcome open(String note, NoteKey... known) {
    return switch (NoteParts.of(note)) {
      case NoteParts.Malformed(String why) -> new NoteOutcome.Malformed(why);
      case NoteParts.Split split -> open(split, List.of(known));
    };
  }

  private static NoteOutcome open(NoteParts.Split note, List<NoteKey> known) {
    byte[] message = note.text().getBytes(StandardCharsets.UTF_8);
    Set<NoteKey> signers = new LinkedHashSet<>();
    for (NoteLine line : note.lines()) {
      for (NoteKey key : known) {
        if (line.isOf(key.key())) {
          switch (key.key().verify(message, line.signature().copy())) {
            case ProofOutcome.Holds _ -> signers.add(key);
            case ProofOutcome.Broken(String why) -> {
              return new NoteOutcome.Malformed(why);
            }
          }
        }
      }
    }
    return signers.isEmpty()
        ? new NoteOutcome.Unsigned()
        : new NoteOutcome.Genuine(note.text(), List.copyOf(signers));
  }
}
