package io.parano.store;

import io.parano.audit.EventType;
import io.parano.audit.Finding;
import io.parano.audit.Leaf;
import io.parano.audit.NoteKey;
import io.parano.audit.Verdict;
import io.parano.kernel.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes over a database whose head binds no rows: one that was begun a moment ago, or one that was
/// written before rows had tags. What such rows say is believed once. The log then tells that it
/// was done, in the same transaction in which the head begins to bind them; so whoever takes the
/// tags away again, to have other rows believed, finds a log that says they were there.
final class Adoption {
  private static final String OPENED = EventType.LOG_OPENED.code();
  private static final List<Table> ALL = List.of(Table.values());

  /// Nothing from before tags stands in them.
  private static final List<Table> LATER =
      ALL.stream().filter(table -> table.since() > Layout.FIRST).toList();

  private final Connection connection;
  private final RowTags tags;

  private Adoption(Connection connection, RowTags tags) {
    this.connection = connection;
    this.tags = tags;
  }

  /// From the most refusing to the most allowing.
  sealed interface Adopted {
    record Refused(Opening why) implements Adopted {}

    /// Every row carries its tag; the head is still to bind them.
    ///
    /// @param before how many entries the log had
    record Tagged(RowSets sets, long before) implements Adopted {}
  }

  /// @param outside the checkpoint kept outside
  static Adopted adopt(
      Connection connection, RowTags tags, NoteKey key, Head head, Optional<String> outside)
      throws SQLException {
    Adoption adoption = new Adoption(connection, tags);
    long size = head.frontier().size();
    if (head.sets() != null) {
      return tampered();
    }
    if (size == 0) {
      return adoption.isEmpty(ALL) ? new Adopted.Tagged(RowSets.empty(), 0) : tampered();
    }
    if (outside.isEmpty()) {
      return new Adopted.Refused(new Opening.Unwitnessed(size));
    }
    if (LogCheck.whole(connection, key, outside, entries -> {})
        instanceof Verdict.Broken(List<Finding> findings, long more, var summary)) {
      return new Adopted.Refused(
          new Opening.Altered(
              "rows without tags are adopted only under a log that holds", findings));
    }
    return adoption.wasOpened(size) || !adoption.isEmpty(LATER)
        ? tampered()
        : new Adopted.Tagged(adoption.tagEverything(), size);
  }

  private static Adopted tampered() {
    return new Adopted.Refused(new Opening.RowsAltered(RowCheck.headForged().findings()));
  }

  private boolean isEmpty(List<Table> tables) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Table table : tables) {
        try (ResultSet row =
            statement.executeQuery("SELECT 1 FROM " + table.sqlName() + " LIMIT 1")) {
          if (row.next()) {
            return false;
          }
        }
      }
      return true;
    }
  }

  /// Whether the entries themselves say so: the columns beside them could be edited.
  private boolean wasOpened(long size) throws SQLException {
    boolean[] found = {false};
    LogRows.each(
        connection,
        0,
        size,
        row -> {
          Bytes leaf = Columns.bytes(row, "leaf");
          found[0] |= Leaf.parse(leaf.copy()).type().equals(OPENED);
        });
    return found[0];
  }

  private RowSets tagEverything() throws SQLException {
    RowSets sets = RowSets.empty();
    for (Table table : Table.values()) {
      try (PreparedStatement retag = connection.prepareStatement(table.retag())) {
        for (StoredRow row : rows(table)) {
          byte[] tag = tags.row(table, row.values());
          List<@Nullable Object> values = new ArrayList<>();
          values.add(tag);
          values.addAll(row.values().subList(0, table.key().size()));
          Rows.set(retag, values);
          retag.executeUpdate();
          sets.add(table, tags.element(table, tag));
        }
      }
    }
    connection.commit();
    return sets;
  }

  private List<StoredRow> rows(Table table) throws SQLException {
    List<StoredRow> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(table.all())) {
      while (row.next()) {
        rows.add(StoredRow.read(table, row));
      }
    }
    return rows;
  }
}
