package io.parano.audit;

import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import java.util.ArrayList;
import java.util.List;

/// One entry's proof as a file that stands alone (C2SP tlog-proof, `.tlog-proof`): where the entry
/// stands, how it leads to the root, and the signed checkpoint with that root.
///
/// @param extra whatever the application adds; nobody signed it
/// @param checkpoint the signed note, verbatim
public record TlogProof(Bytes extra, long index, List<Digest> proof, String checkpoint) {
  private static final String HEADER = "c2sp.org/tlog-proof@v1";

  /// A path in a tree of 2^63 entries.
  private static final int MOST_HASHES = 63;

  public TlogProof {
    proof = List.copyOf(proof);
    if (index < 0 || proof.size() > MOST_HASHES) {
      throw new IllegalArgumentException("no tree has such a proof");
    }
  }

  public static TlogProof of(long index, List<Digest> proof, String checkpoint) {
    return new TlogProof(Bytes.EMPTY, index, proof, checkpoint);
  }

  /// Reads what [#text] writes; throws [IllegalArgumentException] saying what is wrong.
  public static TlogProof parse(String text) {
    int gap = text.indexOf("\n\n");
    if (gap < 0) {
      throw new IllegalArgumentException("a proof has an empty line before its checkpoint");
    }
    String[] lines = text.substring(0, gap).split("\n", -1);
    if (!lines[0].equals(HEADER)) {
      throw new IllegalArgumentException("a proof begins with " + HEADER);
    }
    int next = 1;
    Bytes extra = Bytes.EMPTY;
    if (next < lines.length && lines[next].startsWith("extra ")) {
      extra = Bytes.of(Base64Text.read(lines[next++].substring("extra ".length())));
    }
    if (next == lines.length || !lines[next].startsWith("index ")) {
      throw new IllegalArgumentException("a proof names the index of its entry");
    }
    long index = Decimal.read(lines[next++].substring("index ".length()));
    List<Digest> proof = new ArrayList<>();
    for (; next < lines.length && proof.size() <= MOST_HASHES; next++) {
      proof.add(Base64Text.digest(lines[next]));
    }
    return new TlogProof(extra, index, proof, text.substring(gap + 2));
  }

  public String text() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    if (extra.length() > 0) {
      text.append("extra ").append(Base64Text.write(extra.copy())).append('\n');
    }
    text.append("index ").append(index).append('\n');
    proof.forEach(hash -> text.append(Base64Text.write(hash.bytes())).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }

  /// Whether the checkpoint is signed by one of `keys` for the log `origin`, and `entry` stands in
  /// its tree where this says.
  public ProofOutcome verify(byte[] entry, String origin, NoteKey... keys) {
    return switch (CheckedCheckpoint.open(checkpoint, origin, keys)) {
      case CheckpointOutcome.Refused(String why) -> new ProofOutcome.Broken(why);
      case CheckpointOutcome.Genuine(CheckedCheckpoint checked) ->
          Proofs.verifyInclusion(
              index,
              checked.checkpoint().size(),
              Merkle.leaf(entry),
              proof,
              checked.checkpoint().root());
    };
  }
}
