package io.parano.audit;

import io.parano.kernel.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a log from one end to the other and says what is wrong with it, and where. It believes
/// nothing but the checkpoints it is given.
///
/// Two trees grow side by side: one over the hashes that are kept (beside the entries, and in
/// tiles), one over the entries as they are found. Where a checkpoint agrees with the kept hashes,
/// these are proven, and every entry that differs from its hash is named exactly. Where it agrees
/// with neither, entries and hashes were rewritten together, and the checkpoints before and after
/// bound the place. Memory does not grow with the log.
///
/// Give every entry in the order in which it is kept to [#accept], then call [#finish] once.
public final class LogVerifier {
  private static final long STEP = 1 << 16;

  private final StoredHashes hashes;
  private final Progress progress;
  private final Findings findings;
  private final Anchors anchors;
  private final Sequence sequence;
  private Frontier kept;
  private boolean keptKnown = true;
  private @Nullable Frontier found;
  private long erased;
  private long read;

  /// @param start an empty frontier for the whole log, or, for its tail alone, one that is trusted:
  ///   then the first entry to come is `start.size()`
  public LogVerifier(Frontier start, StoredHashes hashes, List<Anchor> anchors, Progress progress) {
    this(start, hashes, new Anchors(anchors, List.of(), start.size()), progress, new Findings());
  }

  LogVerifier(
      Frontier start, StoredHashes hashes, Anchors anchors, Progress progress, Findings findings) {
    this.findings = findings;
    this.hashes = hashes;
    this.progress = progress;
    this.kept = start;
    this.found = start;
    this.anchors = anchors;
    this.sequence = new Sequence(findings, start.size());
    compareRoots();
  }

  /// The next entry, in the order of places; at most a few may share a place.
  public void accept(StoredEntry entry) {
    byte[] bytes = entry.leaf().copy();
    Digest hash = Merkle.leaf(bytes);
    judge(entry, hash, bytes);
    keepUpTo(entry.at());
    if (keptKnown && kept.size() == entry.at()) {
      grow(entry.hash() == null ? hash : entry.hash(), hash);
    } else {
      found = null;
    }
    if (++read % STEP == 0) {
      progress.reached(read);
    }
  }

  /// How many entries the log has, as far as it was read.
  public long length() {
    return sequence.length();
  }

  public Verdict finish() {
    // Kept hashes may go on where the entries end: they tell a cut from a rewriting.
    keepUpTo(anchors.largest());
    sequence.end();
    anchors.conclude(sequence.length(), findings);
    progress.reached(read);
    return findings.verdict(
        new Verdict.Summary(
            sequence.length(),
            kept.root(),
            anchors.witnessed(),
            anchors.signed(),
            anchors.count(),
            erased,
            anchors.cosigned()));
  }

  private void judge(StoredEntry entry, Digest hash, byte[] bytes) {
    switch (claim(bytes)) {
      case Claim.None(String why) -> {
        if (isVouchedFor(hash, entry, entry.at())) {
          findings.add(new Finding.Unreadable(entry.at(), why));
          sequence.good(entry.at(), entry.at());
        } else {
          sequence.suspect(entry.at());
        }
      }
      case Claim.Read(Leaf leaf) -> {
        if (isBelievable(leaf.index(), entry.at()) && isVouchedFor(hash, entry, leaf.index())) {
          sequence.good(leaf.index(), entry.at());
          comparePersonal(leaf, entry.personal());
        } else {
          sequence.suspect(entry.at());
        }
      }
    }
  }

  private static Claim claim(byte[] leaf) {
    try {
      return new Claim.Read(Leaf.parse(leaf));
    } catch (IllegalArgumentException e) {
      return new Claim.None(String.valueOf(e.getMessage()));
    }
  }

  private void comparePersonal(Leaf leaf, StoredEntry.@Nullable PersonalData personal) {
    if (personal == null) {
      erased += leaf.commitment() == null ? 0 : 1;
    } else if (!Entry.commitment(personal.salt().copy(), personal.json().copy())
        .equals(leaf.commitment())) {
      findings.add(new Finding.PersonalAltered(leaf.index()));
    }
  }

  // One forged claim far ahead must not make everything after it look late.
  private boolean isBelievable(long claimed, long at) {
    return claimed <= Math.max(anchors.largest(), at + Tiles.WIDTH);
  }

  // By the hash kept at its place, or at the place it claims; where neither is kept, a checkpoint
  // has to tell.
  private boolean isVouchedFor(Digest hash, StoredEntry entry, long claimed) {
    if (hash.equals(entry.hash())) {
      return true;
    }
    Optional<Digest> there = hashes.hash(0, claimed);
    return there.map(hash::equals).orElse(entry.hash() == null);
  }

  // Entries may be missing before this place; their hashes may not.
  private void keepUpTo(long size) {
    while (keptKnown && kept.size() < size) {
      found = null;
      Optional<Digest> hash = hashes.hash(0, kept.size());
      if (hash.isPresent()) {
        grow(hash.get(), hash.get());
      } else {
        keptKnown = false;
      }
    }
  }

  private void grow(Digest keptHash, Digest foundHash) {
    Nodes keptNodes = new Nodes();
    Nodes foundNodes = keptNodes;
    Frontier before = kept;
    kept = before.append(keptHash, keptNodes);
    if (found == before && foundHash.equals(keptHash)) {
      found = kept;
    } else if (found != null) {
      foundNodes = new Nodes();
      found = found.append(foundHash, foundNodes);
    }
    compareTiles(keptNodes, foundNodes);
    compareRoots();
  }

  private void compareTiles(Nodes keptNodes, Nodes foundNodes) {
    for (int row = 1; row <= keptNodes.rows; row++) {
      long index = (kept.size() - 1) >>> (Tiles.HEIGHT * row);
      Digest stored = hashes.hash(Tiles.HEIGHT * row, index).orElse(null);
      if (stored != null
          && !stored.equals(keptNodes.row[row])
          && !stored.equals(foundNodes.row[row])) {
        findings.add(new Finding.TileAltered(row, index));
      }
    }
  }

  private void compareRoots() {
    if (!anchors.awaits(kept.size())) {
      return;
    }
    switch (anchors.compare(kept.size(), kept.root(), found == null ? null : found.root())) {
      case WITH_HASHES -> {
        findings.confirm();
        found = kept;
      }
      case WITH_ENTRIES -> {
        sequence.absolve();
        findings.blameHashes();
        kept = found == null ? kept : found;
      }
      case NEITHER -> {}
    }
  }

  /// What an entry says of its own place.
  private sealed interface Claim {
    record None(String why) implements Claim {}

    record Read(Leaf leaf) implements Claim {}
  }

  /// The nodes on the rows of tiles above the lowest that one entry completes.
  private static final class Nodes implements CompletedNodes {
    private static final @Nullable Digest[] NO_ROW = {};
    private @Nullable Digest[] row = NO_ROW;
    private int rows;

    @Override
    public void completed(int level, long index, Digest hash) {
      if (level > 0 && level % Tiles.HEIGHT == 0) {
        rows = level / Tiles.HEIGHT;
        row = Arrays.copyOf(row, rows + 1);
        row[rows] = hash;
      }
    }
  }
}
