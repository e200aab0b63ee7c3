package io.parano.audit;

import io.parano.kernel.Digest;
import java.util.ArrayList;
import java.util.List;

/// Inclusion and consistency proofs of RFC 9162 section 2.1: made from a [HashReader], checked from
/// nothing but themselves.
public final class Proofs {
  private static final ProofOutcome HOLDS = new ProofOutcome.Holds();

  private Proofs() {}

  /// The root of the first `size` entries.
  public static Digest root(long size, HashReader hashes) {
    return size == 0 ? Merkle.emptyRoot() : range(0, size, hashes);
  }

  /// PATH(index, D_size) of RFC 9162 section 2.1.3.1, leaf side first.
  public static List<Digest> inclusion(long index, long size, HashReader hashes) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("a tree of " + size + " entries has no entry " + index);
    }
    List<Digest> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + split(to - from);
      if (index < middle) {
        path.add(range(middle, to, hashes));
        to = middle;
      } else {
        path.add(range(from, middle, hashes));
        from = middle;
      }
    }
    return List.copyOf(path.reversed());
  }

  /// PROOF(first, D_second) of RFC 9162 section 2.1.4.1.
  public static List<Digest> consistency(long first, long second, HashReader hashes) {
    if (first < 1 || first > second) {
      throw new IllegalArgumentException(
          "no consistency proof leads from " + first + " to " + second + " entries");
    }
    List<Digest> path = new ArrayList<>();
    long from = 0;
    long to = second;
    while (to > first) {
      long middle = from + split(to - from);
      if (first <= middle) {
        path.add(range(middle, to, hashes));
        to = middle;
      } else {
        path.add(range(from, middle, hashes));
        from = middle;
      }
    }
    // From 0 it is the first root itself, which whoever verifies already has.
    if (from > 0) {
      path.add(range(from, to, hashes));
    }
    return List.copyOf(path.reversed());
  }

  /// Whether the entry with this hash stands at `index` in the tree of `size` entries under `root`
  /// (RFC 9162 section 2.1.3.2).
  public static ProofOutcome verifyInclusion(
      long index, long size, Digest leafHash, List<Digest> proof, Digest root) {
    if (index < 0 || index >= size) {
      return new ProofOutcome.Broken("a tree of " + size + " entries has no entry " + index);
    }
    long node = index;
    long last = size - 1;
    Digest hash = leafHash;
    for (Digest sibling : proof) {
      if (last == 0) {
        return new ProofOutcome.Broken("the proof is too long");
      }
      if ((node & 1) == 1 || node == last) {
        hash = Merkle.node(sibling, hash);
        int skipped = node == 0 ? 0 : Long.numberOfTrailingZeros(node);
        node >>>= skipped;
        last >>>= skipped;
      } else {
        hash = Merkle.node(hash, sibling);
      }
      node >>>= 1;
      last >>>= 1;
    }
    if (last != 0) {
      return new ProofOutcome.Broken("the proof is too short");
    }
    return hash.equals(root) ? HOLDS : new ProofOutcome.Broken("the proof leads to another root");
  }

  /// Whether the tree of `second` entries begins with the tree of `first` (RFC 9162 section
  /// 2.1.4.2). Every tree begins with the empty one, so that nothing is shown from there: `first` 0
  /// holds only for two empty trees.
  public static ProofOutcome verifyConsistency(
      long first, long second, Digest firstRoot, Digest secondRoot, List<Digest> proof) {
    if (first == 0 && second > 0) {
      return new ProofOutcome.Broken("a proof from the empty tree shows nothing");
    }
    if (second == 0 && !secondRoot.equals(Merkle.emptyRoot())) {
      return new ProofOutcome.Broken("the empty tree has another root");
    }
    return verifySubtreeConsistency(0, first, second, firstRoot, secondRoot, proof);
  }

  /// Whether the entry stands at `index` in the subtree of entries `start` up to, not including,
  /// `end` (draft-ietf-plants-merkle-tree-certs, subtree inclusion proofs).
  public static ProofOutcome verifySubtreeInclusion(
      long index, long start, long end, Digest leafHash, List<Digest> proof, Digest root) {
    if (!isSubtree(start, end) || index < start) {
      return new ProofOutcome.Broken(
          "there is no subtree from " + start + " to " + end + " with entry " + index);
    }
    return verifyInclusion(index - start, end - start, leafHash, proof, root);
  }

  /// Whether the tree of `size` entries holds the subtree of entries `start` up to, not including,
  /// `end` (draft-ietf-plants-merkle-tree-certs, subtree consistency proofs). With `start` 0 this
  /// is the consistency of RFC 9162. An empty subtree is in every tree.
  public static ProofOutcome verifySubtreeConsistency(
      long start, long end, long size, Digest subtreeRoot, Digest root, List<Digest> proof) {
    if (!isSubtree(start, end) || end > size) {
      return new ProofOutcome.Broken(
          "a tree of " + size + " entries has no subtree from " + start + " to " + end);
    }
    if (start == end) {
      return proof.isEmpty() && subtreeRoot.equals(Merkle.emptyRoot())
          ? HOLDS
          : new ProofOutcome.Broken("the empty subtree has the empty root and no proof");
    }
    return new Climb(start, end, size, subtreeRoot).along(proof, root);
  }

  // Entries that a proof can treat as one unit: no longer than their start is aligned to.
  private static boolean isSubtree(long start, long end) {
    if (start < 0 || start > end) {
      return false;
    }
    return start == 0 || end - start <= Long.lowestOneBit(start);
  }

  private static Digest range(long from, long to, HashReader hashes) {
    long length = to - from;
    if (Long.bitCount(length) == 1) {
      int level = Long.numberOfTrailingZeros(length);
      return hashes.hash(level, from >>> level);
    }
    long middle = from + split(length);
    return Merkle.node(range(from, middle, hashes), range(middle, to, hashes));
  }

  // The largest power of two smaller than `length`.
  private static long split(long length) {
    return Long.highestOneBit(length - 1);
  }

  /// From the subtree's last node to the root, keeping two hashes: what the proof says the subtree
  /// was, and what it says the tree is.
  private static final class Climb {
    private long first;
    private long node;
    private long last;
    private final Digest expected;

    Climb(long start, long end, long size, Digest expected) {
      this.first = start;
      this.node = end - 1;
      this.last = size - 1;
      this.expected = expected;
      while (first != node && (node == last || (node & 1) == 1)) {
        up();
      }
    }

    ProofOutcome along(List<Digest> proof, Digest root) {
      int next = 0;
      Digest seed = expected;
      if (first != node) {
        if (proof.isEmpty()) {
          return new ProofOutcome.Broken("the proof is too short");
        }
        seed = proof.get(next++);
      }
      Digest was = seed;
      Digest is = seed;
      for (Digest sibling : proof.subList(next, proof.size())) {
        if (last == 0) {
          return new ProofOutcome.Broken("the proof is too long");
        }
        if ((node & 1) == 1 || node == last) {
          was = first < node ? Merkle.node(sibling, was) : was;
          is = Merkle.node(sibling, is);
          while ((node & 1) == 0 && node != 0) {
            up();
          }
        } else {
          is = Merkle.node(is, sibling);
        }
        up();
      }
      return verdict(was, is, root);
    }

    private ProofOutcome verdict(Digest was, Digest is, Digest root) {
      if (last != 0) {
        return new ProofOutcome.Broken("the proof is too short");
      }
      if (!was.equals(expected)) {
        return new ProofOutcome.Broken("the proof starts from another root");
      }
      return is.equals(root) ? HOLDS : new ProofOutcome.Broken("the proof leads to another root");
    }

    private void up() {
      first >>>= 1;
      node >>>= 1;
      last >>>= 1;
    }
  }
}
