package io.parano.store;

import io.parano.audit.Finding;
import io.parano.audit.Leaf;
import io.parano.audit.LogVerifier;
import io.parano.audit.StoredEntry;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of the log on their way into a verifier: each entry with the hash and the personal data
/// that are kept beside it. The columns by which entries are found must say what the entry says, or
/// an entry could be hidden from every search.
final class LogRows {
  /// Entries in one statement: short enough (tens of milliseconds) that the write-ahead log can be
  /// folded back meanwhile.
  static final long SLICE = 50_000;

  /// A log in ruins must not fill the memory.
  private static final int MOST_FINDINGS = 100;

  private LogRows() {}

  /// Takes one row, with the columns of `entry` and the salt and content beside it.
  interface Sink {
    void take(ResultSet row) throws SQLException;
  }

  static void feed(
      Connection connection, LogVerifier verifier, List<Finding> findings, long start, long end)
      throws SQLException {
    SqlTiles hashes = new SqlTiles(connection);
    each(connection, start, end, row -> feed(row, hashes, verifier, findings));
  }

  /// What was kept of the personal data, or null.
  static StoredEntry.@Nullable PersonalData personal(ResultSet row) throws SQLException {
    byte[] salt = row.getBytes("salt");
    return salt == null
        ? null
        : new StoredEntry.PersonalData(Bytes.of(salt), Columns.bytes(row, "content"));
  }

  static void each(Connection connection, long start, long end, Sink sink) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT e.*, p.salt, p.content FROM entry e LEFT JOIN personal p ON p.idx = e.idx"
                + " WHERE e.idx >= ? AND e.idx < ? ORDER BY e.idx LIMIT ?")) {
      long from = start;
      long before;
      do {
        before = from;
        statement.setLong(1, from);
        statement.setLong(2, end);
        statement.setLong(3, SLICE);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            from = row.getLong("idx") + 1;
            sink.take(row);
          }
        }
      } while (from > before);
    }
  }

  private static void feed(
      ResultSet row, SqlTiles hashes, LogVerifier verifier, List<Finding> findings)
      throws SQLException {
    long index = row.getLong("idx");
    Bytes leaf = Columns.bytes(row, "leaf");
    verifier.accept(
        new StoredEntry(index, leaf, hashes.hash(0, index).orElse(null), personal(row)));
    String differing = differing(row, leaf);
    if (differing != null && findings.size() < MOST_FINDINGS) {
      findings.add(
          new Finding.Unreadable(index, "the column " + differing + " beside it says otherwise"));
    }
  }

  /// The name of a column that is not what the leaf says; null when all are, or when the leaf says
  /// nothing because it can't be read, which the verifier notes.
  private static @Nullable String differing(ResultSet row, Bytes bytes) throws SQLException {
    Leaf leaf;
    try {
      leaf = Leaf.parse(bytes.copy());
    } catch (IllegalArgumentException e) {
      return null;
    }
    String reason = row.getString("reason");
    PersonId actor = leaf.actor();
    if (row.getLong("at") != Columns.micros(leaf.at())) {
      return "at";
    } else if (!leaf.type().equals(row.getString("type"))) {
      return "type";
    } else if (!leaf.outcome().equals(row.getString("outcome"))) {
      return "outcome";
    } else if (!leaf.reason().equals(reason == null ? "" : reason)) {
      return "reason";
    } else if (!Arrays.equals(
        row.getBytes("actor"), actor == null ? null : Columns.id(actor.value()))) {
      return "actor";
    } else if (!Appender.beginning(leaf.resource()).equals(row.getString("resource"))) {
      return "resource";
    }
    return null;
  }
}
