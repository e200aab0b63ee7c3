package io.parano.audit;

import io.parano.kernel.Digest;

/// Told of every node that can change no more, as the tree grows.
@FunctionalInterface
public interface CompletedNodes {
  /// The hash over entries `index * 2^level` up to, not including, `(index + 1) * 2^level`. Level 0
  /// is the leaf itself. Levels that are multiples of 8 are what tiles are made of.
  void completed(int level, long index, Digest hash);
}
