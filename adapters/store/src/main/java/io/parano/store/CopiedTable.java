package io.parano.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// A table as it is copied to another store: all of its columns, as they stand.
///
/// @param number the column by whose numbers it is copied in parts; empty for all at once
record CopiedTable(String name, List<String> columns, String number) {
  /// All but the head, which comes last and by itself, and the list of scripts.
  static List<CopiedTable> all() {
    return Stream.concat(
            Stream.of(
                log("entry", "idx, at, type, outcome, actor, resource, reason, hash, leaf", "idx"),
                log("personal", "idx, about, salt, content", "idx"),
                log("tile", "level, n, root, hashes", "n"),
                log("checkpoint", "era, size, note", "")),
            Stream.of(Table.values()).map(CopiedTable::of))
        .toList();
  }

  private static CopiedTable log(String name, String columns, String number) {
    return new CopiedTable(name, List.of(columns.split(", ", -1)), number);
  }

  private static CopiedTable of(Table table) {
    List<String> columns = new ArrayList<>(table.columns());
    columns.add(Table.TAG);
    return new CopiedTable(table.sqlName(), columns, "");
  }

  String select() {
    return "SELECT %s FROM %s%s".formatted(String.join(", ", columns), name, part());
  }

  String insert() {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            name,
            String.join(", ", columns),
            String.join(", ", Collections.nCopies(columns.size(), "?")));
  }

  String delete() {
    return "DELETE FROM " + name + part();
  }

  private String part() {
    return number.isEmpty() ? "" : " WHERE %1$s >= ? AND %1$s < ?".formatted(number);
  }
}
