package io.parano.store;

import io.parano.audit.Frontier;
import io.parano.audit.Tiles;
import io.parano.kernel.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one row that says where the log ends and who may append to it.
///
/// @param writer grows with every start; whoever holds an older number can't append
/// @param sets how many rows each [Table] has, and the seal of their sum; null before the first
///   entry
/// @param tag over all of it; null before the first entry
record Head(long writer, Frontier frontier, @Nullable Bytes sets, @Nullable Bytes tag) {

  static Optional<Head> read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM head WHERE id = 1")) {
      if (!row.next()) {
        return Optional.empty();
      }
      Frontier frontier =
          Frontier.of(row.getLong("size"), Tiles.decodeHashes(row.getBytes("peaks")));
      if (!frontier.root().equals(Columns.digest(row, "root"))) {
        throw new Unreadable("the head's root does not follow from its peaks");
      }
      return Optional.of(
          new Head(
              row.getLong("writer"),
              frontier,
              bytesOrNull(row.getBytes("sets")),
              bytesOrNull(row.getBytes("tag"))));
    } catch (IllegalArgumentException e) {
      throw new Unreadable("the head can't be read: " + e.getMessage(), e);
    }
  }

  private static @Nullable Bytes bytesOrNull(byte @Nullable [] bytes) {
    return bytes == null ? null : Bytes.of(bytes);
  }

  /// Whether there is one, whatever it says.
  static boolean isThere(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1 FROM head")) {
      return row.next();
    }
  }

  /// Whether there is no entry either.
  static boolean nothingBelow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1 FROM entry LIMIT 1")) {
      return !row.next();
    }
  }

  /// Whether the database has a table for it at all.
  static boolean isPossible(Connection connection) throws SQLException {
    try (ResultSet row =
        connection.getMetaData().getTables(null, connection.getSchema(), "head", null)) {
      return row.next();
    }
  }

  /// The same for the next writer.
  Head next(RowTags tags) {
    byte[] bound = sets == null ? new byte[0] : sets.copy();
    return new Head(
        writer + 1, frontier, Bytes.of(bound), Bytes.of(tags.head(writer + 1, frontier, bound)));
  }

  /// Puts this where there is none; the caller commits.
  void insert(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO head (id, writer, size, root, peaks, sets, tag)"
                + " VALUES (1, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, writer);
      insert.setLong(2, frontier.size());
      insert.setBytes(3, frontier.root().bytes());
      insert.setBytes(4, Tiles.encodeHashes(frontier.peaks()));
      insert.setBytes(5, sets == null ? null : sets.copy());
      insert.setBytes(6, tag == null ? null : tag.copy());
      insert.executeUpdate();
    }
  }

  /// The first head of an empty log, which binds nothing yet: the first entry's does.
  static void begin(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO head (id, writer, size, root, peaks) VALUES (1, 0, 0, ?, ?)")) {
      insert.setBytes(1, Frontier.empty().root().bytes());
      insert.setBytes(2, new byte[0]);
      insert.executeUpdate();
      connection.commit();
    }
  }

  /// Takes the pen from whoever had it: the number under which this process may append. What it
  /// binds stays as it was, under the layout that it has.
  static long takeOver(Connection connection, Head found, RowTags tags, Layout layout)
      throws SQLException {
    long writer = found.writer() + 1;
    byte @Nullable [] before = found.tag() == null ? null : found.tag().copy();
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE head SET writer = ?, tag = ? WHERE id = 1 AND writer = ? AND size = ?"
                + " AND tag IS NOT DISTINCT FROM ?")) {
      update.setLong(1, writer);
      update.setBytes(
          2,
          before == null || found.sets() == null
              ? null
              : tags.head(layout, writer, found.frontier(), found.sets().copy()));
      update.setLong(3, found.writer());
      update.setLong(4, found.frontier().size());
      update.setBytes(5, before);
      if (update.executeUpdate() != 1) {
        throw new SQLException(
            "the log's head is not the one that was checked: another server took the log over"
                + " meanwhile, or somebody has written to the database");
      }
      connection.commit();
      return writer;
    }
  }
}
