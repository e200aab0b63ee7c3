package io.parano.store;

import java.math.BigInteger;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Changes rows on one connection, and with each its tag and its table's set. What was there before
/// must be genuine: nothing that somebody else wrote is taken over by writing to it.
final class Rows {
  private final Connection connection;
  private final RowTags tags;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<Table, String> withKey = new EnumMap<>(Table.class);
  private final Map<Table, String> insert = new EnumMap<>(Table.class);
  private final Map<Table, String> replace = new EnumMap<>(Table.class);
  private final Map<Table, String> drop = new EnumMap<>(Table.class);
  private final Remembered remembered = new Remembered();

  Rows(Connection connection, RowTags tags) {
    this.connection = connection;
    this.tags = tags;
    for (Table table : Table.values()) {
      withKey.put(table, table.withKey());
      insert.put(table, table.insert());
      replace.put(table, table.replace());
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
      case Effect.Put(Table table, String rising) -> {
        if (rising == null) {
          put(table, values, sets);
        } else {
          putRising(table, rising, values, sets);
        }
      }
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

  /// What was written since the last durable group is not there: to be called when a group fails,
  /// or rows change by other ways.
  void forget() {
    remembered.forget();
  }

  /// Most of what is put is new, so that it is not looked for first.
  private void put(Table table, List<@Nullable Object> values, RowSets sets) throws SQLException {
    List<@Nullable Object> after = extended(table, values, null);
    byte[] tag = tags.row(table, after);
    if (insert(table, after, tag) == 1) {
      sets.add(table, tags.element(table, tag));
    } else {
      StoredRow before = find(table, values);
      if (before == null) {
        throw changed(table, 0);
      }
      replace(table, found(table, before), extended(table, values, before), sets);
    }
  }

  private void putRising(Table table, String rising, List<@Nullable Object> values, RowSets sets)
      throws SQLException {
    Remembered.Row before = remembered.of(table, values);
    if (before == null) {
      StoredRow found = find(table, values);
      before = found == null ? null : found(table, found);
    }
    int place = table.place(rising);
    if (before == null) {
      put(table, values, sets);
    } else if (Effect.greater(values.get(place), before.stored().values().get(place))) {
      remembered.keep(
          table, replace(table, before, extended(table, values, before.stored()), sets));
    }
  }

  /// The columns beyond the given ones keep what they had.
  private static List<@Nullable Object> extended(
      Table table, List<@Nullable Object> values, @Nullable StoredRow before) {
    if (values.size() == table.columns().size()) {
      return values;
    }
    List<@Nullable Object> after = new ArrayList<>(values);
    for (int i = values.size(); i < table.columns().size(); i++) {
      after.add(before == null ? null : before.values().get(i));
    }
    return after;
  }

  private void raise(Table table, String column, List<@Nullable Object> values, RowSets sets)
      throws SQLException {
    StoredRow before = find(table, values);
    Object value = values.getLast();
    int place = table.place(column);
    if (before != null && Effect.greater(value, before.values().get(place))) {
      List<@Nullable Object> after = new ArrayList<>(before.values());
      after.set(place, value);
      replace(table, found(table, before), after, sets);
    }
  }

  private int insert(Table table, List<@Nullable Object> row, byte[] tag) throws SQLException {
    PreparedStatement statement = prepared(text(insert, table));
    set(statement, row);
    statement.setBytes(row.size() + 1, tag);
    return statement.executeUpdate();
  }

  /// From what it was and from nothing else.
  private Remembered.Row replace(
      Table table, Remembered.Row before, List<@Nullable Object> after, RowSets sets)
      throws SQLException {
    byte[] tag = tags.row(table, after);
    int key = table.key().size();
    List<@Nullable Object> values = new ArrayList<>(2 * after.size() + 2);
    values.addAll(after.subList(key, after.size()));
    values.add(tag);
    values.addAll(before.stored().values());
    values.add(before.stored().tag());
    PreparedStatement statement = prepared(text(replace, table));
    set(statement, values);
    once(table, statement);
    BigInteger element = tags.element(table, tag);
    sets.remove(table, before.element());
    sets.add(table, element);
    return new Remembered.Row(new StoredRow(after, tag), element);
  }

  private Remembered.Row found(Table table, StoredRow row) {
    return new Remembered.Row(row, element(table, row));
  }

  private void drop(Table table, StoredRow row, RowSets sets) throws SQLException {
    PreparedStatement statement = prepared(text(drop, table));
    set(statement, row.values().subList(0, table.key().size()));
    once(table, statement);
    sets.remove(table, element(table, row));
  }

  /// Of a row that is genuine, and so has a tag.
  private BigInteger element(Table table, StoredRow row) {
    return tags.element(table, Objects.requireNonNull(row.tag()));
  }

  /// A trigger could let a statement do nothing.
  private static void once(Table table, PreparedStatement statement) throws SQLException {
    int changed = statement.executeUpdate();
    if (changed != 1) {
      throw changed(table, changed);
    }
  }

  private static Unreadable changed(Table table, int rows) {
    return new Unreadable(
        "a statement for one row of %s changed %d".formatted(table.sqlName(), rows));
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
