package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No table and no column is forgotten when rows are tagged.
class SchemaTest {
  /// The tables without tags, and why no grant can follow from what somebody writes there.
  private static final Map<String, String> UNTAGGED =
      Map.of(
          "head", "carries the tag that binds all others",
          "entry", "bound by the root in the head, and by checkpoints",
          "tile", "hashes of entries, bound as they are",
          "checkpoint", "signed, and compared with the one kept outside",
          "personal", "read by people alone; committed to in the entry",
          "schema_version", "a lower number makes a script fail, a higher one refuses the start");

  private static final Pattern MADE = Pattern.compile("CREATE TABLE (\\w+)");
  private static final Pattern ADDED = Pattern.compile("ALTER TABLE (\\w+) ADD COLUMN (\\w+)");

  @TempDir Path folder;

  /// A table or a column that came with a later script says so, or an existing log would not open.
  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void since_everyTableAndColumn_isTheNumberOfItsScript(String dialect) {
    Map<String, Integer> tables = new HashMap<>();
    Map<String, Integer> columns = new HashMap<>();
    for (String name : Schema.SCRIPTS) {
      int number = Math.max(Layout.FIRST, Schema.number(name));
      String script = Schema.script(dialect, name);
      MADE.matcher(script).results().forEach(made -> tables.put(made.group(1), number));
      ADDED
          .matcher(script)
          .results()
          .filter(added -> !added.group(2).equals(Table.TAG))
          .filter(added -> number > tables.getOrDefault(added.group(1), 0))
          .forEach(added -> columns.put(added.group(1) + "." + added.group(2), number));
    }
    Map<String, Integer> declared = new HashMap<>();
    for (Table table : Table.values()) {
      assertThat(tables).containsEntry(table.sqlName(), table.since());
      table
          .added()
          .forEach(column -> declared.put(table.sqlName() + "." + column.name(), column.version()));
    }
    columns.keySet().removeIf(column -> UNTAGGED.containsKey(column.replaceAll("[.].*", "")));
    assertThat(declared).isEqualTo(columns);
  }

  private List<String> names(Connection connection, String sql) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        names.add(row.getString("name"));
      }
    }
    return names;
  }

  @Test
  void tables_everyOne_isTaggedOrSaysWhyNot() throws SQLException {
    LogOnDisk log = new LogOnDisk(folder);
    log.open().close();
    try (Connection connection = new SqliteDatabase(log.database()).reader()) {
      Set<String> expected = new TreeSet<>(UNTAGGED.keySet());
      for (Table table : Table.values()) {
        assertThat(expected.add(table.sqlName())).as("%s is in both lists", table).isTrue();
      }
      assertThat(names(connection, "SELECT name FROM sqlite_master WHERE type = 'table'"))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void columns_everyOne_isInTheTag() throws SQLException {
    LogOnDisk log = new LogOnDisk(folder);
    log.open().close();
    try (Connection connection = new SqliteDatabase(log.database()).reader()) {
      for (Table table : Table.values()) {
        List<String> expected = new ArrayList<>(table.columns());
        expected.add(Table.TAG);
        assertThat(
                names(connection, "SELECT name FROM pragma_table_info('" + table.sqlName() + "')"))
            .as(table.sqlName())
            .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(
                names(
                    connection,
                    "SELECT name FROM pragma_table_info('%s') WHERE pk > 0 ORDER BY pk"
                        .formatted(table.sqlName())))
            .as("the key of %s", table.sqlName())
            .isEqualTo(table.key());
      }
    }
  }
}
