package io.parano.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row as it stands in its table, with the tag beside it.
///
/// @param values `Long`, `String`, `byte[]` or null
@SuppressWarnings("ArrayRecordComponent") // on its way to a comparison
record StoredRow(List<@Nullable Object> values, byte @Nullable [] tag) {

  /// Reads what [Table#all] selects.
  static StoredRow read(Table table, ResultSet row) throws SQLException {
    int columns = table.columns().size();
    return new StoredRow(
        values(row, columns), row.getObject(columns + 1) instanceof byte[] tag ? tag : null);
  }

  /// The first `columns` of them, as they are tagged.
  static List<@Nullable Object> values(ResultSet row, int columns) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      values.add(
          switch (row.getObject(i)) {
            case Number number when !(number instanceof Double) -> number.longValue();
            case String text -> text;
            case byte[] bytes -> bytes;
            case null -> null;
            // No column is of such a kind: what was tagged says otherwise.
            case Object other -> "a " + other.getClass().getSimpleName() + ": " + other;
          });
    }
    return values;
  }

  /// As it was when the table had the columns of `layout`.
  List<@Nullable Object> values(Table table, Layout layout) {
    List<@Nullable Object> known = new ArrayList<>();
    for (String column : layout.columns(table)) {
      known.add(values.get(table.place(column)));
    }
    return known;
  }

  boolean isGenuine(Table table, RowTags tags) {
    return RowTags.same(tags.row(table, values), tag);
  }
}
