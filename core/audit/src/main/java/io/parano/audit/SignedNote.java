package io.parano.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Text under signatures (C2SP signed-note): the text, an empty line, then one line per signature,
/// `— name base64(key id || signature)`. Lines of unknown keys are passed over, so that witnesses
/// may sign too.
public final class SignedNote {
  /// The specification asks for 16 at least; a bound keeps a hostile note cheap.
  private static final int MOST_SIGNATURES = 100;

  private static final int MOST_CHARACTERS = 1_000_000;
  private static final String DASH = "\u2014 ";

  private SignedNote() {}

  /// `text` (ending in a line feed) signed by each of `signers`, as the note to publish.
  public static String sign(String text, NoteSigner... signers) {
    if (signers.length == 0 || !text.endsWith("\n") || hasControl(text)) {
      throw new IllegalArgumentException(
          "a note needs a signer, and a text without control characters that ends in a line feed");
    }
    StringBuilder note = new StringBuilder(text).append('\n');
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    for (NoteSigner signer : signers) {
      NoteKey key = signer.key();
      byte[] signature = signer.sign(message);
      byte[] line =
          ByteBuffer.allocate(4 + signature.length).putInt(key.id()).put(signature).array();
      note.append(DASH).append(key.name()).append(' ').append(Base64Text.write(line)).append('\n');
    }
    return note.toString();
  }

  /// Checks `note` against the keys that are believed. A line under the name and id of a known key
  /// that does not verify makes the whole note malformed, whoever else signed.
  public static NoteOutcome open(String note, NoteKey... known) {
    if (note.length() > MOST_CHARACTERS) {
      return new NoteOutcome.Malformed("it is too long");
    }
    if (hasControl(note)) {
      return new NoteOutcome.Malformed("it has a control character");
    }
    int gap = note.lastIndexOf("\n\n");
    if (gap < 0 || !note.endsWith("\n") || gap + 2 == note.length()) {
      return new NoteOutcome.Malformed("it has no signature lines after an empty line");
    }
    String text = note.substring(0, gap + 1);
    String[] lines = note.substring(gap + 2, note.length() - 1).split("\n", -1);
    if (lines.length > MOST_SIGNATURES) {
      return new NoteOutcome.Malformed("it has more than " + MOST_SIGNATURES + " signatures");
    }
    return open(text, lines, List.of(known));
  }

  private static NoteOutcome open(String text, String[] lines, List<NoteKey> known) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    Set<NoteKey> signers = new LinkedHashSet<>();
    for (String line : lines) {
      Line signed;
      try {
        signed = Line.parse(line);
      } catch (IllegalArgumentException e) {
        return new NoteOutcome.Malformed("a signature line is none: " + e.getMessage());
      }
      for (NoteKey key : known) {
        if (key.name().equals(signed.name()) && key.id() == signed.id()) {
          switch (key.verify(message, signed.signature())) {
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
        : new NoteOutcome.Genuine(text, List.copyOf(signers));
  }

  // A lone surrogate is no UTF-8, and would be signed as another text than it is.
  private static boolean hasControl(String text) {
    return text.codePoints().anyMatch(c -> (c < 0x20 && c != '\n') || (c >= 0xd800 && c <= 0xdfff));
  }

  @SuppressWarnings("ArrayRecordComponent") // lives within one method
  private record Line(String name, int id, byte[] signature) {
    static Line parse(String line) {
      int space = line.indexOf(' ', DASH.length());
      if (!line.startsWith(DASH) || space < 0) {
        throw new IllegalArgumentException("expected a dash, a name and base64");
      }
      String name = line.substring(DASH.length(), space);
      byte[] bytes = Base64Text.read(line.substring(space + 1));
      if (!NoteKey.isName(name) || bytes.length < 5) {
        throw new IllegalArgumentException("expected a name, a key id and a signature");
      }
      int id = ByteBuffer.wrap(bytes).getInt();
      return new Line(name, id, Arrays.copyOfRange(bytes, 4, bytes.length));
    }
  }
}
