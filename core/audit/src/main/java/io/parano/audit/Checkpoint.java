package io.parano.audit;

import io.parano.kernel.Digest;

/// What the log says of itself at one size (C2SP tlog-checkpoint): the text of a [SignedNote].
///
/// @param origin the log's unique name, such as `parano.example.com/audit`
public record Checkpoint(String origin, long size, Digest root) {
  public Checkpoint {
    if (origin.isEmpty() || origin.chars().anyMatch(c -> c < 0x20)) {
      throw new IllegalArgumentException("an origin is one line of text");
    }
    if (size < 0) {
      throw new IllegalArgumentException("a log has no " + size + " entries");
    }
  }

  /// Reads a note's text. Extension lines are passed over, as every reader of checkpoints does that
  /// knows none. Throws [IllegalArgumentException] saying what is wrong.
  public static Checkpoint parse(String text) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("a checkpoint ends with a line feed");
    }
    String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
    if (lines.length < 3) {
      throw new IllegalArgumentException(
          "a checkpoint has at least three lines, not " + lines.length);
    }
    for (String line : lines) {
      if (line.isEmpty()) {
        throw new IllegalArgumentException("a checkpoint has no empty line");
      }
    }
    return new Checkpoint(lines[0], Decimal.read(lines[1]), Base64Text.digest(lines[2]));
  }

  /// The note's text: origin, size and root in base64, each on its line.
  public String text() {
    return origin + "\n" + size + "\n" + Base64Text.write(root.bytes()) + "\n";
  }
}
