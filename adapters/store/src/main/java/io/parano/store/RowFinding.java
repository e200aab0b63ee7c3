package io.parano.store;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Something in the database that is not what was written.
///
/// @param table in which table; the word for the place otherwise
/// @param key of which row; empty where it is about more than one
public record RowFinding(Kind kind, String table, String key) {
  /// What can be told of it.
  public enum Kind {
    /// The head that binds all rows has no tag, or not this one.
    HEAD_FORGED,
    /// The whole database is from an earlier moment of this very run.
    PUT_BACK,
    /// A record of the reserve was written by somebody else.
    RESERVE_FORGED,
    /// The table is not there, or not with all its columns.
    TABLE_GONE,
    /// A row whose tag is not over what it says: made or altered by somebody else.
    ROW_FORGED,
    /// Fewer rows than were written.
    ROWS_MISSING,
    /// More rows than there should be, each once written: they were put back.
    ROWS_RESTORED,
    /// As many rows as there should be, and not these: some were put back as they once were.
    ROWS_EXCHANGED
  }

  static RowFinding of(Kind kind, Table table) {
    return new RowFinding(kind, table.sqlName(), "");
  }

  static RowFinding forged(Table table, List<@Nullable Object> row) {
    String key =
        row.subList(0, table.key().size()).stream()
            .map(RowFinding::shown)
            .collect(Collectors.joining(" "));
    return new RowFinding(Kind.ROW_FORGED, table.sqlName(), key);
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case byte[] id when id.length == 16 -> Columns.uuid(id).toString();
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case null -> "NULL";
      default -> value.toString();
    };
  }

  @Override
  public String toString() {
    String what = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return key.isEmpty() ? what + " " + table : what + " " + table + " " + key;
  }
}
