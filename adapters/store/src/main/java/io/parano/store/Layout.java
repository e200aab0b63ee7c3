package io.parano.store;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What tags were over at one version of the schema: which tables had them, with which columns. The
/// head of a log is tagged for one layout, so that no edited number but the key alone says which.
final class Layout {
  /// The script that brought the tags.
  static final int FIRST = 4;

  private final int version;
  private final Set<Table> absent;
  private final Map<Table, List<Column>> lacking;
  private final Map<Table, List<String>> columns = new EnumMap<>(Table.class);

  /// @param version the script that brought it
  /// @param absent the tables that came later
  /// @param lacking the columns that came later, to tables that were there
  Layout(int version, Set<Table> absent, List<Column> lacking) {
    this.version = version;
    this.absent = Set.copyOf(absent);
    this.lacking = lacking.stream().collect(Collectors.groupingBy(Column::table));
    for (Table table : Table.values()) {
      Set<String> later = new HashSet<>();
      lacking(table).forEach(column -> later.add(column.name()));
      columns.put(
          table, table.columns().stream().filter(column -> !later.contains(column)).toList());
    }
  }

  /// A column that came to a table when rows were in it.
  ///
  /// @param version the script that brought it
  /// @param begins what it holds in a row of before: `Long`, `String`, `byte[]` or null, and the
  ///   same as that script says
  record Column(int version, Table table, String name, @Nullable Object begins) {}

  /// Every one that a database may have, the present one first.
  static List<Layout> known() {
    Set<Integer> versions = new TreeSet<>(Comparator.reverseOrder());
    for (Table table : Table.values()) {
      versions.add(table.since());
      table.added().forEach(column -> versions.add(column.version()));
    }
    return versions.stream().map(Layout::of).toList();
  }

  private static Layout of(int version) {
    return new Layout(
        version,
        Stream.of(Table.values())
            .filter(table -> table.since() > version)
            .collect(Collectors.toSet()),
        Stream.of(Table.values())
            .filter(table -> table.since() <= version)
            .flatMap(table -> table.added().stream())
            .filter(column -> column.version() > version)
            .toList());
  }

  int version() {
    return version;
  }

  boolean has(Table table) {
    return !absent.contains(table);
  }

  List<Table> tables() {
    return Stream.of(Table.values()).filter(this::has).toList();
  }

  /// All but the tag and what came later.
  List<String> columns(Table table) {
    return columns.getOrDefault(table, List.of());
  }

  List<Column> lacking(Table table) {
    return lacking.getOrDefault(table, List.of());
  }
}
