package io.parano.store;

import io.parano.audit.Leaf;
import io.parano.kernel.Bytes;
import java.util.Collections;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// An entry as it is kept.
///
/// @param leaf the canonical JSON that the tree hashes
/// @param personal canonical JSON beside the tree; null when there was none or it was erased
public record LogEntry(long index, Bytes leaf, @Nullable Bytes personal) {
  public Leaf read() {
    return Leaf.parse(leaf.copy());
  }

  public SortedMap<String, String> personalData() {
    return personal == null ? Collections.emptySortedMap() : Leaf.parsePersonal(personal.copy());
  }
}
