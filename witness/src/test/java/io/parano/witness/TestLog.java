package io.parano.witness;

import io.parano.audit.AddCheckpoint;
import io.parano.audit.Checkpoint;
import io.parano.audit.HashReader;
import io.parano.audit.Merkle;
import io.parano.audit.Proofs;
import io.parano.audit.SignedNote;
import io.parano.audit.WatchedLog;
import io.parano.kernel.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A log in memory, of entries that differ from place to place and from history to history.
final class TestLog implements LogView, HashReader {
  private final TestKey key;
  private final List<Digest> leaves = new ArrayList<>();
  private long signed;

  TestLog(TestKey key) {
    this.key = key;
  }

  /// The same key and the same first `entries`; what is appended from here on may be others.
  TestLog copyOf(int entries) {
    TestLog copy = new TestLog(key);
    copy.leaves.addAll(leaves.subList(0, entries));
    copy.signed = Math.min(signed, entries);
    return copy;
  }

  TestLog grow(int entries, String history) {
    for (int i = 0; i < entries; i++) {
      leaves.add(Merkle.leaf((history + leaves.size()).getBytes(StandardCharsets.UTF_8)));
    }
    signed = leaves.size();
    return this;
  }

  @Override
  public Digest hash(int level, long index) {
    return level == 0
        ? leaves.get((int) index)
        : Merkle.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
  }

  @Override
  public WatchedLog log() {
    return new WatchedLog(key.name(), key.key());
  }

  @Override
  public String note() {
    return note(signed);
  }

  String note(long size) {
    return SignedNote.sign(new Checkpoint(key.name(), size, root(size)).text(), key);
  }

  AddCheckpoint request(long old, long size) {
    return new AddCheckpoint(old, consistency(old, size), note(size));
  }

  @Override
  public long size() {
    return leaves.size();
  }

  @Override
  public Digest root(long size) {
    return Proofs.root(size, this);
  }

  @Override
  public List<Digest> consistency(long first, long second) {
    return first == 0 ? List.of() : Proofs.consistency(first, second, this);
  }
}
