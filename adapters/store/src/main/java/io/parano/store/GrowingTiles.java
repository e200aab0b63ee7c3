package io.parano.store;

import io.parano.audit.CompletedNodes;
import io.parano.audit.TilePath;
import io.parano.audit.Tiles;
import io.parano.kernel.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The partial tile at the right edge of each level, and those that became full since they were
/// last taken. A tile's root is the node eight levels above its hashes, which the tree completes in
/// the same step.
final class GrowingTiles implements CompletedNodes {
  private static final int HEIGHT = 8;
  private static final int HASH_LENGTH = 32;

  private final List<ByteBuffer> rows = new ArrayList<>();
  private final List<Full> full = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // on its way into a column
  record Full(int level, long n, Digest root, byte[] hashes) {}

  /// The right edge of a log of `size` entries, from what is kept of it.
  static GrowingTiles of(SqlTiles kept, long size) {
    GrowingTiles tiles = new GrowingTiles();
    for (int level = 0; HEIGHT * level < 63 && size >>> (HEIGHT * level) > 0; level++) {
      long hashes = size >>> (HEIGHT * level);
      int width = (int) (hashes % Tiles.WIDTH);
      byte[] row =
          width == 0
              ? new byte[0]
              : kept.read(new TilePath.Hashes(level, hashes / Tiles.WIDTH, width)).orElseThrow();
      if (row.length != width * HASH_LENGTH) {
        throw new Unreadable("tiles or entries are missing before entry " + size);
      }
      tiles.row(level).put(row);
    }
    return tiles;
  }

  @Override
  public void completed(int level, long index, Digest hash) {
    if (level % HEIGHT != 0) {
      return;
    }
    int row = level / HEIGHT;
    if (row > 0) {
      ByteBuffer below = row(row - 1);
      byte[] hashes = new byte[below.flip().remaining()];
      below.get(hashes).clear();
      full.add(new Full(row - 1, index, hash, hashes));
    }
    row(row).putLong(hash.a()).putLong(hash.b()).putLong(hash.c()).putLong(hash.d());
  }

  /// The tiles that became full since the last call.
  List<Full> takeFull() {
    if (full.isEmpty()) {
      return List.of();
    }
    List<Full> taken = List.copyOf(full);
    full.clear();
    return taken;
  }

  private ByteBuffer row(int level) {
    while (rows.size() <= level) {
      rows.add(ByteBuffer.allocate(Tiles.WIDTH * HASH_LENGTH));
    }
    return rows.get(level);
  }
}
