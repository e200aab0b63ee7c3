package io.parano.store;

import io.parano.audit.Frontier;
import io.parano.audit.Tiles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// The one row that says where the log ends and who may append to it.
///
/// @param writer grows with every start; whoever holds an older number can't append
record Head(long writer, Frontier frontier) {

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
      return Optional.of(new Head(row.getLong("writer"), frontier));
    } catch (IllegalArgumentException e) {
      throw new Unreadable("the head can't be read: " + e.getMessage(), e);
    }
  }

  /// Whether there is no entry either.
  static boolean nothingBelow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1 FROM entry LIMIT 1")) {
      return !row.next();
    }
  }

  /// The first head of an empty log.
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

  /// Takes the pen from whoever had it: the number under which this process may append.
  static long takeOver(Connection connection, Head found) throws SQLException {
    long writer = found.writer() + 1;
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE head SET writer = ? WHERE id = 1 AND writer = ?")) {
      update.setLong(1, writer);
      update.setLong(2, found.writer());
      if (update.executeUpdate() != 1) {
        throw new SQLException("another server took the log over meanwhile");
      }
      connection.commit();
      return writer;
    }
  }
}
