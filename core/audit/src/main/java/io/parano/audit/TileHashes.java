package io.parano.audit;

import io.parano.kernel.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the hash of any full subtree from tiles: the levels between two rows of tiles are hashed
/// anew, at most 127 times.
final class TileHashes implements HashReader {
  /// A proof touches one or two tiles per level; 64 levels of 256 would be the largest log.
  private static final int KEPT = 16;

  private final TileReader tiles;
  private final long size;
  private final Map<TilePath.Hashes, List<Digest>> kept =
      new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath.Hashes, List<Digest>> eldest) {
          return size() > KEPT;
        }
      };

  TileHashes(TileReader tiles, long size) {
    this.tiles = tiles;
    this.size = size;
  }

  @Override
  public Digest hash(int level, long index) {
    if (level < 0 || level > 62 || index < 0 || index >= size >>> level) {
      throw new IllegalArgumentException(
          "a tree of " + size + " entries has no full subtree " + index + " at level " + level);
    }
    int above = level % Tiles.HEIGHT;
    long first = index << above;
    List<Digest> row = tile(level / Tiles.HEIGHT, first / Tiles.WIDTH);
    int from = (int) (first % Tiles.WIDTH);
    return root(row.subList(from, from + (1 << above)));
  }

  private static Digest root(List<Digest> row) {
    if (row.size() == 1) {
      return row.getFirst();
    }
    int middle = row.size() / 2;
    return Merkle.node(root(row.subList(0, middle)), root(row.subList(middle, row.size())));
  }

  private List<Digest> tile(int level, long index) {
    long hashes = size >>> (Tiles.HEIGHT * level);
    int width = (int) Math.min(Tiles.WIDTH, hashes - index * Tiles.WIDTH);
    TilePath.Hashes tile = new TilePath.Hashes(level, index, width);
    List<Digest> row = kept.get(tile);
    if (row == null) {
      row = read(tile);
      kept.put(tile, row);
    }
    return row;
  }

  private List<Digest> read(TilePath.Hashes tile) {
    TilePath.Hashes full = new TilePath.Hashes(tile.level(), tile.index(), Tiles.WIDTH);
    Optional<byte[]> bytes = tiles.read(tile);
    if (bytes.isEmpty() && tile.width() < Tiles.WIDTH) {
      bytes = tiles.read(full);
    }
    List<Digest> row = bytes.map(Tiles::decodeHashes).orElse(List.of());
    if (row.size() < tile.width()) {
      throw new Tiles.TileMissing(tile);
    }
    return row;
  }
}
