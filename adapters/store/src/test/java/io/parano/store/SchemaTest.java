package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @TempDir Path folder;

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
            .containsExactlyElementsOf(expected);
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
