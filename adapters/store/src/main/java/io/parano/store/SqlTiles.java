package io.parano.store;

import io.parano.audit.StoredHashes;
import io.parano.audit.TilePath;
import io.parano.audit.TileReader;
import io.parano.audit.Tiles;
import io.parano.kernel.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The hash tiles of the log as its tables give them: from the tile that was kept when it became
/// full, and where there is none yet, from the hashes beside the entries and of the tiles below.
final class SqlTiles implements TileReader, StoredHashes {
  private static final int HEIGHT = 8;
  private static final int HASH_LENGTH = 32;

  private final Connection connection;
  private final Map<Integer, Row> lastRead = new HashMap<>();

  SqlTiles(Connection connection) {
    this.connection = connection;
  }

  private record Row(long index, List<Digest> hashes) {}

  @Override
  public Optional<byte[]> read(TilePath tile) {
    try {
      return switch (tile) {
        case TilePath.Hashes(int level, long index, int width) -> hashes(level, index, width);
        case TilePath.Entries _, TilePath.Personal _ -> Optional.empty();
      };
    } catch (SQLException e) {
      throw new LogUnread("can't read " + tile.path(), e);
    }
  }

  /// Meant for reading from left to right: the last tile of each level is remembered.
  @Override
  public Optional<Digest> hash(int level, long index) {
    int row = level / HEIGHT;
    long tile = index / Tiles.WIDTH;
    Row last = lastRead.get(row);
    if (last == null || last.index() != tile) {
      last = new Row(tile, stored(row, tile));
      lastRead.put(row, last);
    }
    int place = (int) (index % Tiles.WIDTH);
    return place < last.hashes().size() ? Optional.of(last.hashes().get(place)) : Optional.empty();
  }

  private List<Digest> stored(int level, long tile) {
    try {
      Optional<byte[]> full = full(level, tile);
      return full.isPresent()
          ? Tiles.decodeHashes(full.get())
          : Tiles.decodeHashes(partial(level, tile, Tiles.WIDTH));
    } catch (SQLException e) {
      throw new LogUnread("can't read tile " + tile + " of level " + level, e);
    }
  }

  private Optional<byte[]> hashes(int level, long tile, int width) throws SQLException {
    Optional<byte[]> full = full(level, tile);
    if (full.isPresent()) {
      return full.map(bytes -> Arrays.copyOf(bytes, width * HASH_LENGTH));
    }
    return width == Tiles.WIDTH ? Optional.empty() : Optional.of(partial(level, tile, width));
  }

  private Optional<byte[]> full(int level, long tile) throws SQLException {
    return blobs("SELECT hashes FROM tile WHERE level = ? AND n = ?", level, tile).stream()
        .findFirst();
  }

  private byte[] partial(int level, long tile, int width) throws SQLException {
    long first = tile * Tiles.WIDTH;
    long end = first + width;
    List<byte[]> hashes =
        level == 0
            ? blobs("SELECT hash FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx", first, end)
            : blobs(
                "SELECT root FROM tile WHERE level = ? AND n >= ? AND n < ? ORDER BY n",
                level - 1,
                first,
                end);
    return Tiles.encodeHashes(hashes.stream().map(Digest::fromBytes).toList());
  }

  private List<byte[]> blobs(String sql, long... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<byte[]> blobs = new ArrayList<>();
        while (rows.next()) {
          blobs.add(rows.getBytes(1));
        }
        return blobs;
      }
    }
  }
}
