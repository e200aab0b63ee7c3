package io.parano.audit;

import io.parano.kernel.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a log as files that anybody can verify: `checkpoint` and `tile/…` as C2SP tlog-tiles has
/// them, `checkpoints` with earlier ones, and the personal data under `personal/…`, each run of 256
/// entries one file of lines `index SP salt SP json`, salt in hexadecimal.
///
/// Give every entry in order to [#entry], then call [#finish] once. It holds one run at a time.
public final class ExportWriter {
  public static final String CHECKPOINT = "checkpoint";
  public static final String CHECKPOINTS = "checkpoints";

  /// Stands alone on a line between two notes; no line of a checkpoint or its signatures is so.
  static final String BETWEEN_NOTES = "--\n";

  private final ExportSink sink;
  private final List<byte[]> entries = new ArrayList<>(Tiles.WIDTH);
  private final ByteArrayOutputStream personal = new ByteArrayOutputStream();
  private final List<List<Digest>> rows = new ArrayList<>();
  private Frontier frontier = Frontier.empty();

  public ExportWriter(ExportSink sink) {
    this.sink = sink;
  }

  /// The next entry.
  ///
  /// @param personalData null when it has none, or it was erased
  public void entry(byte[] leaf, StoredEntry.@Nullable PersonalData personalData) {
    long index = frontier.size();
    entries.add(leaf);
    if (personalData != null) {
      personal.writeBytes(new PersonalLine(index, personalData).bytes());
    }
    frontier = frontier.append(Merkle.leaf(leaf), this::node);
    if (entries.size() == Tiles.WIDTH) {
      writeRun();
    }
  }

  /// What is left, and the checkpoints.
  ///
  /// @param checkpoint the signed note of a checkpoint over exactly the entries given
  /// @param earlier signed notes of earlier ones, oldest first; a few hundred spread over the log's
  ///   life are plenty
  public void finish(String checkpoint, List<String> earlier) {
    if (!entries.isEmpty()) {
      writeRun();
    }
    for (int level = 0; level < rows.size(); level++) {
      if (!rows.get(level).isEmpty()) {
        writeRow(level, frontier.size() >>> (Tiles.HEIGHT * level));
      }
    }
    sink.write(CHECKPOINTS, bytes(String.join(BETWEEN_NOTES, earlier)));
    sink.write(CHECKPOINT, bytes(checkpoint));
  }

  /// The root over the entries given so far.
  public Digest root() {
    return frontier.root();
  }

  private void node(int level, long index, Digest hash) {
    if (level % Tiles.HEIGHT != 0) {
      return;
    }
    int row = level / Tiles.HEIGHT;
    if (row == rows.size()) {
      rows.add(new ArrayList<>(Tiles.WIDTH));
    }
    rows.get(row).add(hash);
    if (rows.get(row).size() == Tiles.WIDTH) {
      writeRow(row, index + 1);
    }
  }

  // `hashes`: how many the row has now, from the log's beginning.
  private void writeRow(int level, long hashes) {
    List<Digest> row = rows.get(level);
    TilePath tile = new TilePath.Hashes(level, (hashes - 1) / Tiles.WIDTH, row.size());
    sink.write(tile.path(), Tiles.encodeHashes(row));
    row.clear();
  }

  private void writeRun() {
    long run = (frontier.size() - 1) / Tiles.WIDTH;
    sink.write(new TilePath.Entries(run, entries.size()).path(), Tiles.encodeEntries(entries));
    if (personal.size() > 0) {
      sink.write(new TilePath.Personal(run, entries.size()).path(), personal.toByteArray());
    }
    entries.clear();
    personal.reset();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
