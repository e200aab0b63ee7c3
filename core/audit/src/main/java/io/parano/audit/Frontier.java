package io.parano.audit;

import io.parano.kernel.Digest;
import java.util.List;

/// The right edge of the tree: all that is needed to go on appending and to tell the root. Its
/// peaks are the roots of the full subtrees, one per bit set in the size, largest (leftmost) first.
///
/// Immutable: a writer keeps the old one until its transaction is durable. Appending costs one hash
/// per trailing one bit of the size, one on average, and a copy of at most 63 references.
public final class Frontier {
  private static final Frontier EMPTY = new Frontier(0, new Digest[0]);

  private final long size;
  private final Digest[] peaks;

  private Frontier(long size, Digest[] peaks) {
    this.size = size;
    this.peaks = peaks;
  }

  public static Frontier empty() {
    return EMPTY;
  }

  /// The frontier as it was kept. Throws [IllegalArgumentException] when the size is negative or
  /// has another number of one bits than there are peaks.
  public static Frontier of(long size, List<Digest> peaks) {
    if (size < 0 || Long.bitCount(size) != peaks.size()) {
      throw new IllegalArgumentException(
          "a tree of " + size + " entries cannot have " + peaks.size() + " peaks");
    }
    return new Frontier(size, peaks.toArray(Digest[]::new));
  }

  public Frontier append(Digest leafHash) {
    return append(leafHash, (level, index, hash) -> {});
  }

  /// Appends, telling `nodes` of the leaf and then of each inner node that it completes, lowest
  /// first.
  public Frontier append(Digest leafHash, CompletedNodes nodes) {
    int merged = Long.numberOfTrailingZeros(~size);
    Digest hash = leafHash;
    nodes.completed(0, size, hash);
    for (int level = 0; level < merged; level++) {
      hash = Merkle.node(peaks[peaks.length - 1 - level], hash);
      nodes.completed(level + 1, size >>> (level + 1), hash);
    }
    Digest[] grown = new Digest[peaks.length - merged + 1];
    System.arraycopy(peaks, 0, grown, 0, grown.length - 1);
    grown[grown.length - 1] = hash;
    return new Frontier(size + 1, grown);
  }

  /// How many entries the tree has.
  public long size() {
    return size;
  }

  public Digest root() {
    if (peaks.length == 0) {
      return Merkle.emptyRoot();
    }
    Digest root = peaks[peaks.length - 1];
    for (int i = peaks.length - 2; i >= 0; i--) {
      root = Merkle.node(peaks[i], root);
    }
    return root;
  }

  /// Largest subtree first, as [#of] takes them.
  public List<Digest> peaks() {
    return List.of(peaks);
  }
}
