package io.parano.audit;

import io.parano.kernel.Digest;

/// Where proofs take the hashes of full subtrees from: a store, or tiles ([Tiles#hashes]).
@FunctionalInterface
public interface HashReader {
  /// The hash over entries `index * 2^level` up to, not including, `(index + 1) * 2^level`, all of
  /// which exist. Throws an unchecked exception of the reader's own when it cannot be read.
  Digest hash(int level, long index);
}
