package io.parano.audit;

import java.util.List;

/// A checkpoint that a log is compared with.
///
/// @param name what to call it when it does not hold, such as the file it came in
/// @param cosignatures of the witnesses that are believed
public record Anchor(
    String name, Kept kept, CheckedCheckpoint signed, List<Cosignature> cosignatures) {
  public Anchor {
    cosignatures = List.copyOf(cosignatures);
  }

  public Anchor(String name, Kept kept, CheckedCheckpoint signed) {
    this(name, kept, signed, List.of());
  }

  /// Where it was kept. Whoever holds the log's host and key can sign what lies beside the log
  /// anew, so that only checkpoints from elsewhere bear witness against it.
  public enum Kept {
    BESIDE_THE_LOG,
    ELSEWHERE
  }

  long size() {
    return signed.checkpoint().size();
  }
}
