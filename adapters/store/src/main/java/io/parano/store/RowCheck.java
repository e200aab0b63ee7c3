package io.parano.store;

import io.parano.kernel.Bytes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads every row from which a grant can follow, and compares each with its tag and each table
/// with what the head binds. To be called within one transaction, so that it sees one state.
final class RowCheck {
  /// A database in ruins must not fill the memory.
  static final int MOST_FINDINGS = 100;

  private final Connection connection;
  private final RowTags tags;
  private final List<RowFinding> findings = new ArrayList<>();

  private RowCheck(Connection connection, RowTags tags) {
    this.connection = connection;
    this.tags = tags;
  }

  /// From the more refusing to the more allowing.
  sealed interface Checked {
    record Altered(List<RowFinding> findings) implements Checked {
      public Altered {
        findings = List.copyOf(findings);
      }
    }

    record Whole(RowSets sets) implements Checked {}
  }

  static Checked check(Connection connection, RowTags tags, Head head) throws SQLException {
    return new RowCheck(connection, tags).check(head);
  }

  static Checked.Altered headForged() {
    return new Checked.Altered(List.of(new RowFinding(RowFinding.Kind.HEAD_FORGED, "head", "")));
  }

  private Checked check(Head head) throws SQLException {
    Bytes sealed = head.sets();
    if (sealed == null || !tags.isGenuine(head)) {
      return headForged();
    }
    Map<Table, RowSets.Seal> bound = RowSets.read(sealed, tags.present());
    RowSets found = RowSets.empty();
    for (Table table : Table.values()) {
      if (isThere(connection, table)) {
        int before = findings.size();
        read(table, found);
        if (findings.size() == before) {
          difference(table, found.seal(table, tags), bound.get(table)).ifPresent(this::find);
        }
      } else {
        find(RowFinding.of(RowFinding.Kind.TABLE_GONE, table));
      }
    }
    return findings.isEmpty() ? new Checked.Whole(found) : new Checked.Altered(findings);
  }

  static boolean isThere(Connection connection, Table table) throws SQLException {
    Set<String> columns = new HashSet<>();
    try (ResultSet row =
        connection.getMetaData().getColumns(null, connection.getSchema(), table.sqlName(), null)) {
      while (row.next()) {
        columns.add(row.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
      }
    }
    return columns.contains(Table.TAG) && columns.containsAll(table.columns());
  }

  private void read(Table table, RowSets found) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(table.all())) {
      while (row.next()) {
        StoredRow stored = StoredRow.read(table, row);
        byte @Nullable [] tag = stored.tag();
        if (tag == null || !stored.isGenuine(table, tags)) {
          find(RowFinding.forged(table, stored.values()));
        } else {
          found.add(table, tags.element(table, tag));
        }
      }
    }
  }

  /// What is wrong with a table's rows together; empty when nothing is.
  static Optional<RowFinding> difference(
      Table table, RowSets.Seal found, RowSets.@Nullable Seal bound) {
    if (found.equals(bound)) {
      return Optional.empty();
    }
    int difference = bound == null ? 1 : Long.compare(found.count(), bound.count());
    return Optional.of(
        RowFinding.of(
            difference < 0
                ? RowFinding.Kind.ROWS_MISSING
                : difference > 0 ? RowFinding.Kind.ROWS_RESTORED : RowFinding.Kind.ROWS_EXCHANGED,
            table));
  }

  private void find(RowFinding finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }
}
