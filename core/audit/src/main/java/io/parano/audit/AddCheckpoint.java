package io.parano.audit;

import io.parano.kernel.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a log asks of a witness (C2SP tlog-witness, add-checkpoint): to cosign `note`, which
/// `proof` shows to begin with the first `old` entries that the witness has cosigned.
public record AddCheckpoint(long old, List<Digest> proof, String note) {
  /// The request's path below the witness's prefix.
  public static final String PATH = "/add-checkpoint";

  /// The type of the answer that tells the witness's own size.
  public static final String SIZE_TYPE = "text/x.tlog.size";

  private static final int MOST_HASHES = 63;
  private static final String OLD = "old ";

  public AddCheckpoint {
    proof = List.copyOf(proof);
    if (old < 0 || proof.size() > MOST_HASHES) {
      throw new IllegalArgumentException("no log has such a proof");
    }
  }

  /// Reads what [#text] writes; throws [IllegalArgumentException] saying what is wrong. Nothing is
  /// believed yet.
  public static AddCheckpoint parse(String body) {
    int gap = body.indexOf("\n\n");
    if (gap < 0) {
      throw new IllegalArgumentException("expected an empty line before the checkpoint");
    }
    String[] lines = body.substring(0, gap).split("\n", -1);
    if (!lines[0].startsWith(OLD)) {
      throw new IllegalArgumentException("expected \"old\" and a size on the first line");
    }
    if (lines.length - 1 > MOST_HASHES) {
      throw new IllegalArgumentException("expected at most " + MOST_HASHES + " lines of proof");
    }
    long old = Decimal.read(lines[0].substring(OLD.length()));
    List<Digest> proof = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      proof.add(Base64Text.digest(lines[i]));
    }
    return new AddCheckpoint(old, proof, body.substring(gap + 2));
  }

  /// The name of the log, on its own word: the checkpoint's first line.
  public String origin() {
    int end = note.indexOf('\n');
    return end < 0 ? note : note.substring(0, end);
  }

  public String text() {
    StringBuilder text = new StringBuilder(OLD).append(old).append('\n');
    proof.forEach(hash -> text.append(Base64Text.write(hash.bytes())).append('\n'));
    return text.append('\n').append(note).toString();
  }

  /// The path, below the witness's prefix, of the latest checkpoint that it cosigned for a log.
  public static String latestPath(String origin) {
    return "/" + Digest.of(origin.getBytes(StandardCharsets.UTF_8)).hex() + "/checkpoint";
  }

  /// Reads the size that a witness tells when it has cosigned another than `old`.
  public static long readSize(String answer) {
    if (!answer.endsWith("\n")) {
      throw new IllegalArgumentException("expected a size and a line feed");
    }
    return Decimal.read(answer.substring(0, answer.length() - 1));
  }
}
