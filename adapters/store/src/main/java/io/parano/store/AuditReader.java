package io.parano.store;

import io.parano.audit.CheckedCheckpoint;
import io.parano.audit.CheckpointOutcome;
import io.parano.audit.ExportSink;
import io.parano.audit.ExportWriter;
import io.parano.audit.NoteKey;
import io.parano.audit.Progress;
import io.parano.audit.Proofs;
import io.parano.audit.StoredEntry;
import io.parano.audit.Tiles;
import io.parano.audit.TlogProof;
import io.parano.audit.Verdict;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the log while it grows: searches, proofs, exports, and the whole verification. Every call
/// has its own connection and may come from any thread; none of them waits for the writer. Throws
/// [LogUnread] when the database can't be read.
public final class AuditReader {
  private final Database database;
  private volatile NoteKey key;
  private final KeptOutside outside;

  AuditReader(Database database, NoteKey key, KeptOutside outside) {
    this.database = database;
    this.key = key;
    this.outside = outside;
  }

  /// How many entries there are.
  public long size() {
    return reading(connection -> Head.read(connection).orElseThrow().frontier().size());
  }

  /// The newest `most` entries that meet all of `criteria`, newest first.
  public List<LogEntry> newest(List<Criterion> criteria, int most) {
    return before(Long.MAX_VALUE, criteria, most);
  }

  /// The newest `most` entries before `index` that meet all of `criteria`, newest first: for the
  /// next page, give the last index of this one.
  public List<LogEntry> before(long index, List<Criterion> criteria, int most) {
    return reading(connection -> {
      List<LogEntry> found = new ArrayList<>();
      long end = Math.min(index, Head.read(connection).orElseThrow().frontier().size());
      while (end > 0 && found.size() < most) {
        long start = Math.max(0, end - LogRows.SLICE);
        search(connection, criteria, start, end, most - found.size(), found);
        end = start;
      }
      return found;
    });
  }

  /// At most `most` entries behind `index`, oldest first.
  public List<LogEntry> after(long index, int most) {
    return entries(index + 1, Long.MAX_VALUE, most, Integer.MAX_VALUE).stream()
        .map(AuditReader::read)
        .toList();
  }

  /// Entries from `start` on and before `end`, in order, with the salt of their personal data: at
  /// most `most`, and after the first only while all of them have less than `bytes` bytes.
  public List<StoredEntry> entries(long start, long end, int most, int bytes) {
    return reading(connection -> {
      List<StoredEntry> found = new ArrayList<>();
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT e.idx, e.leaf, p.salt, p.content FROM entry e"
                  + " LEFT JOIN personal p ON p.idx = e.idx"
                  + " WHERE e.idx >= ? AND e.idx < ? ORDER BY e.idx LIMIT ?")) {
        statement.setLong(1, start);
        statement.setLong(2, end);
        statement.setInt(3, most);
        try (ResultSet row = statement.executeQuery()) {
          int length = 0;
          while (length < bytes && row.next()) {
            StoredEntry entry =
                new StoredEntry(
                    row.getLong("idx"), Columns.bytes(row, "leaf"), null, LogRows.personal(row));
            length += length(entry);
            found.add(entry);
          }
        }
      }
      return found;
    });
  }

  private static int length(StoredEntry entry) {
    return entry.leaf().length()
        + (entry.personal() == null ? 0 : entry.personal().json().length());
  }

  private static LogEntry read(StoredEntry entry) {
    return new LogEntry(
        entry.at(), entry.leaf(), entry.personal() == null ? null : entry.personal().json());
  }

  /// The signed notes of the checkpoints that are kept, oldest first.
  public List<String> checkpoints() {
    return reading(LogCheck::storedNotes);
  }

  /// The last signed checkpoint.
  public Optional<String> checkpoint() {
    return reading(LogCheck::storedNote);
  }

  /// The entry's proof against the last signed checkpoint; empty when that does not reach it yet.
  public Optional<TlogProof> proof(long index) {
    return reading(connection -> {
      Optional<String> note = LogCheck.storedNote(connection);
      long size = note.map(this::sizeOf).orElse(0L);
      if (index < 0 || index >= size) {
        return Optional.empty();
      }
      List<Digest> path =
          Proofs.inclusion(index, size, Tiles.hashes(new SqlTiles(connection), size));
      return Optional.of(TlogProof.of(index, path, note.orElseThrow()));
    });
  }

  /// The root of the first `size` entries, from the hashes that are kept.
  public Digest root(long size) {
    return reading(connection -> Proofs.root(size, Tiles.hashes(new SqlTiles(connection), size)));
  }

  /// Shows that the first `second` entries begin with the first `first`; empty from none.
  public List<Digest> consistency(long first, long second) {
    return reading(connection ->
        first == 0
            ? List.of()
            : Proofs.consistency(first, second, Tiles.hashes(new SqlTiles(connection), second)));
  }

  /// Writes everything up to the last signed checkpoint to `sink`; nothing when none was signed
  /// yet.
  ///
  /// @param personal whether personal data goes out too
  public void export(boolean personal, ExportSink sink) {
    reading(connection -> {
      List<String> notes = LogCheck.storedNotes(connection);
      if (!notes.isEmpty()) {
        ExportWriter writer = new ExportWriter(sink);
        LogRows.each(
            connection,
            0,
            sizeOf(notes.getLast()),
            row -> writer.entry(row.getBytes("leaf"), personal ? LogRows.personal(row) : null));
        writer.finish(notes.getLast(), notes.subList(0, notes.size() - 1));
      }
      return notes.size();
    });
  }

  /// Reads the whole log as it stands when this begins, and says what is wrong with it.
  public Verdict verifyAll(Progress progress) {
    NoteKey present = key;
    Verdict found =
        reading(connection -> LogCheck.whole(connection, present, outside.newest(), progress));
    // Read under a key that was retired meanwhile, notes of the newer one alone hold nothing.
    return present.equals(key) ? found : verifyAll(progress);
  }

  /// Reads notes under `newer` from now on, which has signed all that are kept.
  public void follow(NoteKey newer) {
    key = newer;
  }

  /// How many entries a note of this log was signed over.
  public long sizeOf(String note) {
    return switch (CheckedCheckpoint.open(note, key.name(), key)) {
      case CheckpointOutcome.Genuine(CheckedCheckpoint checked) -> checked.checkpoint().size();
      case CheckpointOutcome.Refused(String why) ->
          throw new Unreadable("the checkpoint in the database: " + why);
    };
  }

  private static void search(
      Connection connection,
      List<Criterion> criteria,
      long start,
      long end,
      int most,
      List<LogEntry> found)
      throws SQLException {
    String where =
        criteria.stream()
            .map(criterion -> " AND " + clause(criterion))
            .collect(Collectors.joining());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT e.idx, e.leaf, p.content FROM entry e LEFT JOIN personal p ON p.idx = e.idx"
                + " WHERE e.idx >= ? AND e.idx < ?"
                + where
                + " ORDER BY e.idx DESC LIMIT ?")) {
      statement.setLong(1, start);
      statement.setLong(2, end);
      int place = 3;
      for (Criterion criterion : criteria) {
        statement.setObject(place++, value(criterion));
      }
      statement.setInt(place, most);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          byte @Nullable [] personal = row.getBytes(3);
          found.add(
              new LogEntry(
                  row.getLong(1),
                  Bytes.of(row.getBytes(2)),
                  personal == null ? null : Bytes.of(personal)));
        }
      }
    }
  }

  private static String clause(Criterion criterion) {
    return switch (criterion) {
      case Criterion.Type _ -> "e.type = ?";
      case Criterion.Ended _ -> "e.outcome = ?";
      case Criterion.By _ -> "e.actor = ?";
      case Criterion.About _ -> "p.about = ?";
      case Criterion.Touching _ -> "LOWER(e.resource) LIKE LOWER(?) ESCAPE '!'";
      case Criterion.Because _ -> "e.reason = ?";
      case Criterion.From _ -> "e.at >= ?";
      case Criterion.Until _ -> "e.at < ?";
    };
  }

  private static Object value(Criterion criterion) {
    return switch (criterion) {
      case Criterion.Type(var type) -> type.code();
      case Criterion.Ended(var outcome) -> outcome.code();
      case Criterion.By(var actor) -> Columns.id(actor.value());
      case Criterion.About(var person) -> Columns.id(person.value());
      case Criterion.Touching(var part) ->
          "%" + part.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
      case Criterion.Because(var reason) -> reason.code();
      case Criterion.From(var at) -> Columns.micros(at);
      case Criterion.Until(var at) -> Columns.micros(at);
    };
  }

  private interface Reading<T> {
    T from(Connection connection) throws SQLException, IOException;
  }

  private <T> T reading(Reading<T> reading) {
    try (Connection connection = database.reader()) {
      return reading.from(connection);
    } catch (SQLException | IOException e) {
      throw new LogUnread("the log can't be read: " + e.getMessage(), e);
    }
  }
}
