package io.parano.audit;

import io.parano.kernel.Digest;
import java.time.Instant;
import java.util.List;

/// What verifying a log came to.
public sealed interface Verdict {
  Summary summary();

  /// Nothing is wrong, up to the last checkpoint.
  record Holds(Summary summary) implements Verdict {}

  /// At least one thing is wrong.
  ///
  /// @param more how many findings beyond those listed
  record Broken(List<Finding> findings, long more, Summary summary) implements Verdict {}

  /// @param entries how many entries the log has
  /// @param root the root over the hashes kept for them
  /// @param witnessed the size of the largest checkpoint from elsewhere that holds, 0 for none
  /// @param signed the size of the largest checkpoint from anywhere that holds, 0 for none
  /// @param checkpoints how many checkpoints hold
  /// @param erased how many entries had personal data that is there no more
  /// @param cosigned how far each of the given witnesses has cosigned what holds
  record Summary(
      long entries,
      Digest root,
      long witnessed,
      long signed,
      int checkpoints,
      long erased,
      List<Cosigned> cosigned) {
    public Summary {
      cosigned = List.copyOf(cosigned);
    }

    public Summary(
        long entries, Digest root, long witnessed, long signed, int checkpoints, long erased) {
      this(entries, root, witnessed, signed, checkpoints, erased, List.of());
    }
  }

  /// The largest checkpoint that holds and that `witness` has cosigned.
  record Cosigned(CosignatureKey witness, long size, Instant at) {}
}
