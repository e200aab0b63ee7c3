package io.parano.audit;

import io.parano.kernel.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Keeps every node that the frontier completes.
final class MemoryTree implements HashReader {
  private record Place(int level, long index) {}

  private final Map<Place, Digest> nodes = new HashMap<>();
  private Frontier frontier = Frontier.empty();

  void append(Digest leafHash) {
    frontier =
        frontier.append(leafHash, (level, index, hash) -> nodes.put(new Place(level, index), hash));
  }

  Frontier frontier() {
    return frontier;
  }

  @Override
  public Digest hash(int level, long index) {
    return Objects.requireNonNull(nodes.get(new Place(level, index)));
  }
}
