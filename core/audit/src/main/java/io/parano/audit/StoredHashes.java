package io.parano.audit;

import io.parano.kernel.Digest;
import java.util.Optional;

/// The hashes that are kept beside a log's entries, to be compared with what they ought to be.
@FunctionalInterface
public interface StoredHashes {
  /// The hash kept for the full subtree over entries `index * 2^level` up to, not including,
  /// `(index + 1) * 2^level`; empty where none is kept. Asked for levels that are multiples of 8.
  Optional<Digest> hash(int level, long index);

  /// Nothing is kept but what comes with each entry.
  static StoredHashes none() {
    return (_, _) -> Optional.empty();
  }
}
