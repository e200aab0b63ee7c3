package io.parano.store;

import io.parano.kernel.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings a table of one database to what it is in another, part by part, each in a transaction of
/// its own: a part whose digests agree is left alone. So a copy that was interrupted goes on where
/// it was, and nothing that stands there is believed for standing there.
final class TableCopy {
  /// Rows of the log in one part: some megabytes, some tens of milliseconds.
  private static final long PART = 10_000;

  private final Connection source;
  private final Connection target;
  private final StoreMove.Progress progress;

  TableCopy(Connection source, Connection target, StoreMove.Progress progress) {
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /// @param digest over the digests of all rows, whatever their order
  private record Part(List<List<@Nullable Object>> rows, Digest digest) {}

  private interface Each {
    void part(Part found, long from, long end) throws SQLException;
  }

  /// Copies what differs, and commits.
  void copy(CopiedTable table) throws SQLException {
    long[] rows = {0};
    each(
        table,
        (found, from, end) -> {
          if (!read(target, table, from, end).digest().equals(found.digest())) {
            replace(table, found.rows(), from, end);
          }
          target.commit();
          rows[0] += found.rows().size();
          progress.copied(table.name(), rows[0]);
        });
  }

  /// Whether both have the same rows. Changes nothing.
  boolean isSame(CopiedTable table) throws SQLException {
    boolean[] same = {true};
    each(
        table,
        (found, from, end) ->
            same[0] &= read(target, table, from, end).digest().equals(found.digest()));
    return same[0];
  }

  private void each(CopiedTable table, Each each) throws SQLException {
    if (table.number().isEmpty()) {
      each.part(read(source, table, 0, 0), 0, 0);
      return;
    }
    long end = Math.max(end(source, table), end(target, table));
    for (long from = 0; from < end; from += PART) {
      each.part(read(source, table, from, from + PART), from, from + PART);
    }
  }

  private static long end(Connection connection, CopiedTable table) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT COALESCE(MAX(%s) + 1, 0) FROM %s".formatted(table.number(), table.name()));
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Part read(Connection connection, CopiedTable table, long from, long end)
      throws SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(table.select())) {
      bound(statement, table, from, end);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(StoredRow.values(row, table.columns().size()));
        }
      }
    }
    byte[][] digests =
        rows.stream()
            .map(row -> Digest.of(RowTags.canonical(row)).bytes())
            .sorted(Arrays::compareUnsigned)
            .toArray(byte[][]::new);
    return new Part(rows, Digest.of(digests));
  }

  private void replace(CopiedTable table, List<List<@Nullable Object>> rows, long from, long end)
      throws SQLException {
    try (PreparedStatement delete = target.prepareStatement(table.delete());
        PreparedStatement insert = target.prepareStatement(table.insert())) {
      bound(delete, table, from, end);
      delete.executeUpdate();
      int waiting = 0;
      for (List<@Nullable Object> row : rows) {
        Rows.set(insert, row);
        insert.addBatch();
        if (++waiting % 500 == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static void bound(PreparedStatement statement, CopiedTable table, long from, long end)
      throws SQLException {
    if (!table.number().isEmpty()) {
      statement.setLong(1, from);
      statement.setLong(2, end);
    }
  }
}
