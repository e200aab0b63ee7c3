package io.parano.store;

import io.parano.kernel.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Carries the rows of an earlier layout over to the present one, when they are what the head bound
/// under that layout: tables that came since must be empty, and columns that came since must hold
/// what they begin with. Each row of a table with other columns then gets its tag over all of them.
///
/// The head that binds the new tags is still to come, with the entry that tells of it. A process
/// that dies before leaves some rows with the old tag and some with the new; either is taken, for
/// what counts in the old head's sums is what the row says. Nobody goes back by an older head: it
/// fits no log that has that entry.
final class Upgrade {
  private final Connection connection;
  private final RowTags tags;
  private final Layout from;
  private final List<RowFinding> findings = new ArrayList<>();
  private final RowSets before = RowSets.empty();
  private final RowSets after = RowSets.empty();
  private final Map<Table, List<Retag>> retags = new EnumMap<>(Table.class);

  private Upgrade(Connection connection, RowTags tags, Layout from) {
    this.connection = connection;
    this.tags = tags;
    this.from = from;
  }

  /// From the more refusing to the more allowing.
  sealed interface Upgraded {
    record Altered(List<RowFinding> findings) implements Upgraded {
      public Altered {
        findings = List.copyOf(findings);
      }
    }

    /// Every row carries the tag of the present layout.
    record Carried(RowSets sets) implements Upgraded {}
  }

  /// A tag for the row of that key.
  @SuppressWarnings("ArrayRecordComponent") // on its way into a column
  private record Retag(List<@Nullable Object> key, byte[] tag) {}

  /// @param head genuine under `from`
  static Upgraded carryOver(Connection connection, RowTags tags, Head head, Layout from)
      throws SQLException {
    return new Upgrade(connection, tags, from).carryOver(Objects.requireNonNull(head.sets()));
  }

  private Upgraded carryOver(Bytes sealed) throws SQLException {
    Map<Table, RowSets.Seal> bound = RowSets.read(sealed, from);
    for (Table table : Table.values()) {
      int known = findings.size();
      if (!RowCheck.isThere(connection, table)) {
        find(RowFinding.of(RowFinding.Kind.TABLE_GONE, table));
      } else {
        read(table);
        if (findings.size() == known && from.has(table)) {
          RowCheck.difference(table, before.seal(table, tags), bound.get(table))
              .ifPresent(this::find);
        }
      }
    }
    if (!findings.isEmpty()) {
      return new Upgraded.Altered(findings);
    }
    for (Map.Entry<Table, List<Retag>> table : retags.entrySet()) {
      write(table.getKey(), table.getValue());
    }
    connection.commit();
    return new Upgraded.Carried(after);
  }

  private void read(Table table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(table.all())) {
      while (row.next()) {
        StoredRow stored = StoredRow.read(table, row);
        if (from.has(table) && begins(table, stored)) {
          carry(table, stored);
        } else {
          find(RowFinding.forged(table, stored.values()));
        }
      }
    }
  }

  private void carry(Table table, StoredRow stored) {
    byte[] old = tags.row(from, table, stored.values(table, from));
    byte[] present = tags.row(table, stored.values());
    boolean carried = RowTags.same(present, stored.tag());
    if (!carried && !RowTags.same(old, stored.tag())) {
      find(RowFinding.forged(table, stored.values()));
      return;
    }
    before.add(table, tags.element(table, old));
    after.add(table, tags.element(table, present));
    if (!carried) {
      retags
          .computeIfAbsent(table, _ -> new ArrayList<>())
          .add(new Retag(stored.values().subList(0, table.key().size()), present));
    }
  }

  /// Whether what came since holds what it begins with.
  private boolean begins(Table table, StoredRow stored) {
    return from.lacking(table).stream()
        .allMatch(column -> {
          @Nullable Object found = stored.values().get(table.place(column.name()));
          return found instanceof byte[] bytes
              ? column.begins() instanceof byte[] expected && Arrays.equals(bytes, expected)
              : Objects.equals(found, column.begins());
        });
  }

  private void write(Table table, List<Retag> all) throws SQLException {
    try (PreparedStatement retag = connection.prepareStatement(table.retag())) {
      for (Retag one : all) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(one.tag());
        values.addAll(one.key());
        Rows.set(retag, values);
        retag.executeUpdate();
      }
    }
  }

  private void find(RowFinding finding) {
    if (findings.size() < RowCheck.MOST_FINDINGS) {
      findings.add(finding);
    }
  }
}
