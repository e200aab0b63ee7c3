package io.parano.audit;

import io.parano.kernel.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// What an export holds, tile by tile, however damaged: of several widths of one tile the widest
/// counts, and what cannot be read is a finding and taken as absent.
final class ExportTiles implements StoredHashes {
  /// One tile per row of a log, and a few around the place where one reads.
  private static final int KEPT = 16;

  private final ExportFiles files;
  private final Findings findings;
  private final Map<Tile, List<Digest>> rows =
      new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, List<Digest>> eldest) {
          return size() > KEPT;
        }
      };

  ExportTiles(ExportFiles files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  @Override
  public Optional<Digest> hash(int level, long index) {
    List<Digest> row = row(level / Tiles.HEIGHT, index / Tiles.WIDTH);
    int place = (int) (index % Tiles.WIDTH);
    return place < row.size() ? Optional.of(row.get(place)) : Optional.empty();
  }

  /// The hashes of one tile; none when there is no such tile.
  List<Digest> row(int level, long index) {
    Tile tile = new Tile(level, index);
    List<Digest> row = rows.get(tile);
    if (row == null) {
      row = readRow(level, index);
      rows.put(tile, row);
    }
    return row;
  }

  /// One run of 256 entries with its personal data; empty when there is no such run.
  Optional<Run> run(long index) {
    return widest(width -> new TilePath.Entries(index, width))
        .map(found ->
            new Run(entries(found), personal(new TilePath.Personal(index, found.path.width()))));
  }

  private List<byte[]> entries(Found found) {
    List<byte[]> entries = new ArrayList<>(Tiles.WIDTH);
    try {
      Tiles.decodeEntries(found.bytes, entries::add);
    } catch (IllegalArgumentException e) {
      complain(found.path, e);
    }
    return entries;
  }

  private Map<Long, StoredEntry.PersonalData> personal(TilePath path) {
    Map<Long, StoredEntry.PersonalData> lines = new HashMap<>();
    byte[] file = files.read(path.path()).orElse(new byte[0]);
    for (ByteBuffer rest = ByteBuffer.wrap(file); rest.hasRemaining(); ) {
      try {
        PersonalLine line = PersonalLine.next(rest);
        if (lines.put(line.index(), line.data()) != null) {
          throw new IllegalArgumentException("two lines for entry " + line.index());
        }
      } catch (IllegalArgumentException e) {
        complain(path, e);
      }
    }
    return lines;
  }

  private List<Digest> readRow(int level, long index) {
    Optional<Found> found = widest(width -> new TilePath.Hashes(level, index, width));
    if (found.isEmpty()) {
      return List.of();
    }
    TilePath path = found.get().path;
    try {
      List<Digest> row = Tiles.decodeHashes(found.get().bytes);
      if (row.size() == path.width()) {
        return row;
      }
      throw new IllegalArgumentException("it has " + row.size() + " hashes");
    } catch (IllegalArgumentException e) {
      complain(path, e);
      return List.of();
    }
  }

  private Optional<Found> widest(IntFunction<TilePath> tile) {
    for (int width = Tiles.WIDTH; width > 0; width--) {
      TilePath path = tile.apply(width);
      Optional<byte[]> bytes = files.read(path.path());
      if (bytes.isPresent()) {
        return Optional.of(new Found(path, bytes.get()));
      }
    }
    return Optional.empty();
  }

  private void complain(TilePath path, IllegalArgumentException why) {
    findings.add(new Finding.FileBroken(path.path(), String.valueOf(why.getMessage())));
  }

  /// Entries in the order of the file, and personal data by the entry that the line names. There
  /// may be more than 256 when somebody put some in.
  record Run(List<byte[]> entries, Map<Long, StoredEntry.PersonalData> personal) {}

  private record Tile(int level, long index) {}

  private static final class Found {
    private final TilePath path;
    private final byte[] bytes;

    Found(TilePath path, byte[] bytes) {
      this.path = path;
      this.bytes = bytes;
    }
  }
}
