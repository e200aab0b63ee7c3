package io.parano.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes rows on one connection, and with each its tag and its table's set. What was there before
/// must be genuine: nothing that somebody else wrote is taken over by writing to it.
final class Rows {
  private final Connection connection;
  private final RowTags tags;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<Table, String> withKey = new EnumMap<>(Table.class);
  private final Map<Table, String> put = new EnumMap<>(Table.class);
  private final Map<Table, String> drop = new EnumMap<>(Table.class);

  Rows(Connection connection, RowTags tags) {
    this.connection = connection;
    this.tags = tags;
    for (Table table : Table.values()) {
      withKey.put(table, table.withKey());
      put.put(table, table.put());
      drop.put(table, table.drop());
    }
  }

  void apply(Write write, RowSets sets) throws SQLException {
    List<@Nullable Object> values = write.values();
    switch (write.sql().effect()) {
      case Effect.Bare(String statement) -> {
        PreparedStatement prepared = prepared(statement);
        set(prepared, values);
        prepared.executeUpdate();
      }
      case Effect.Put(Table table, String rising) -> put(table, rising, values, sets);
      case Effect.Raise(Table table, String column) -> raise(table, column, values, sets);
      case Effect.Drop(Table table) -> {
        StoredRow before = find(table, values);
        if (before != null) {
          drop(table, before, sets);
        }
      }
      case Effect.Sweep(Table table, String column) -> {
        for (StoredRow row : rows(table, table.below(column), values)) {
          drop(table, row, sets);
        }
      }
    }
  }

  /// The row of that key, where there is one. Throws [Unreadable] when somebody else wrote it.
  @Nullable StoredRow find(Table table, List<@Nullable Object> values) throws SQLException {
    List<StoredRow> found =
        rows(table, text(withKey, table), values.subList(0, table.key().size()));
    return found.isEmpty() ? null : found.getFirst();
  }

  private void put(
      Table table, @Nullable String rising, List<@Nullable Object> values, RowSets sets)
      throws SQLException {
    StoredRow before = find(table, values);
    if (before != null
        && rising != null
        && !Effect.greater(
            values.get(table.place(rising)), before.values().get(table.place(rising)))) {
      return;
    }
    List<@Nullable Object> after = new ArrayList<>(values);
    for (int i = values.size(); i < table.columns().size(); i++) {
      after.add(before == null ? null : before.values().get(i));
    }
    store(table, before, after, sets);
  }

  private void raise(Table table, String column, List<@Nullable Object> values, RowSets sets)
      throws SQLException {
    StoredRow before = find(table, values);
    Object value = values.getLast();
    int place = table.place(column);
    if (before != null && Effect.greater(value, before.values().get(place))) {
      List<@Nullable Object> after = new ArrayList<>(before.values());
      after.set(place, value);
      store(table, before, after, sets);
    }
  }

  private void store(
      Table table, @Nullable StoredRow before, List<@Nullable Object> after, RowSets sets)
      throws SQLException {
    byte[] tag = tags.row(table, after);
    PreparedStatement statement = prepared(text(put, table));
    set(statement, after);
    statement.setBytes(after.size() + 1, tag);
    once(table, statement);
    leave(table, before, sets);
    sets.add(table, tags.element(table, tag));
  }

  private void drop(Table table, StoredRow row, RowSets sets) throws SQLException {
    PreparedStatement statement = prepared(text(drop, table));
    set(statement, row.values().subList(0, table.key().size()));
    once(table, statement);
    leave(table, row, sets);
  }

  private void leave(Table table, @Nullable StoredRow before, RowSets sets) {
    if (before != null && before.tag() != null) {
      sets.remove(table, tags.element(table, before.tag()));
    }
  }

  /// A trigger could let a statement do nothing.
  private static void once(Table table, PreparedStatement statement) throws SQLException {
    int changed = statement.executeUpdate();
    if (changed != 1) {
      throw new Unreadable(
          "a statement for one row of %s changed %d".formatted(table.sqlName(), changed));
    }
  }

  private List<StoredRow> rows(Table table, String select, List<@Nullable Object> values)
      throws SQLException {
    PreparedStatement statement = prepared(select);
    set(statement, values);
    List<StoredRow> found = new ArrayList<>(1);
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        StoredRow stored = StoredRow.read(table, row);
        if (!stored.isGenuine(table, tags)) {
          throw new Unreadable(RowFinding.forged(table, stored.values()).toString());
        }
        found.add(stored);
      }
    }
    return found;
  }

  private PreparedStatement prepared(String text) throws SQLException {
    PreparedStatement statement = statements.get(text);
    if (statement == null) {
      statement = connection.prepareStatement(text);
      statements.put(text, statement);
    }
    return statement;
  }

  private static String text(Map<Table, String> texts, Table table) {
    return String.valueOf(texts.get(table));
  }

  static void set(PreparedStatement statement, List<@Nullable Object> values) throws SQLException {
    int place = 1;
    for (Object value : values) {
      switch (value) {
        case null -> statement.setNull(place, Types.NULL);
        case Long number -> statement.setLong(place, number);
        case String text -> statement.setString(place, text);
        case byte[] bytes -> statement.setBytes(place, bytes);
        default -> throw new IllegalArgumentException("not a column's value: " + value.getClass());
      }
      place++;
    }
  }
}
