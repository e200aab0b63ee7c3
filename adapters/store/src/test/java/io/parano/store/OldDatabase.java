package io.parano.store;

import io.parano.access.Change;
import io.parano.access.State;
import io.parano.audit.Checkpoint;
import io.parano.audit.Frontier;
import io.parano.audit.SignedNote;
import io.parano.audit.Tiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a database as Parano did before rows had tags: by the first three scripts, and nothing
/// that came later.
final class OldDatabase {
  private OldDatabase() {}

  static void write(LogOnDisk log, State state, int entries) throws SQLException, IOException {
    Files.createDirectories(log.directory.getParent());
    Files.createDirectory(
        log.directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (Connection connection = new SqliteDatabase(log.database()).writer()) {
      schema(connection);
      for (Write write : Write.of(state.changes())) {
        put(connection, write);
      }
      Frontier end = Frontier.empty();
      GrowingTiles tiles = GrowingTiles.of(new SqlTiles(connection), 0);
      for (int i = 0; i < entries; i++) {
        Draft draft = Draft.of(Samples.event(i), i, bytes -> {});
        entry(connection, i, draft);
        end = end.append(draft.hash(), tiles);
      }
      head(connection, end);
      String note =
          SignedNote.sign(
              new Checkpoint(new TestKey().name(), end.size(), end.root()).text(), new TestKey());
      CheckpointFolder.at(log.outside).keep(note, Samples.NOW);
      connection.commit();
    }
  }

  private static void schema(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at BIGINT NOT NULL)");
      statement.execute("INSERT INTO schema_version VALUES (1, 0), (2, 0), (3, 0)");
      for (String script : List.of("0001-first.sql", "0002-otp.sql", "0003-ssh.sql")) {
        try (InputStream in =
            java.util.Objects.requireNonNull(
                Schema.class.getResourceAsStream("sqlite/" + script))) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          for (String part : text.split(";\n", -1)) {
            if (!part.isBlank()) {
              statement.execute(part);
            }
          }
        }
      }
    }
  }

  /// Those of `changes` whose tables there were.
  static List<Change> known(List<Change> changes) {
    return changes.stream()
        .filter(change ->
            !(Write.of(change).sql().effect() instanceof Effect.Put(Table table, var rising))
                || table.since() == Layout.FIRST)
        .toList();
  }

  private static void put(Connection connection, Write write) throws SQLException {
    if (write.sql().effect() instanceof Effect.Put(Table table, var rising)
        && table.since() == Layout.FIRST) {
      int columns = Math.min(write.values().size(), table.columns().size() - table.added().size());
      insert(
          connection,
          table.sqlName(),
          table.columns().subList(0, columns),
          write.values().subList(0, columns));
    }
  }

  private static void entry(Connection connection, int index, Draft draft) throws SQLException {
    var event = Samples.event(index);
    List<@Nullable Object> values = new ArrayList<>();
    values.add((long) index);
    values.add(Columns.micros(event.at()));
    values.add(event.type().code());
    values.add(event.outcome().code());
    values.add(event.actor() == null ? null : Columns.id(event.actor().value()));
    values.add(event.resource());
    values.add(null);
    values.add(draft.hash().bytes());
    values.add(draft.leaf());
    insert(
        connection,
        "entry",
        List.of("idx", "at", "type", "outcome", "actor", "resource", "reason", "hash", "leaf"),
        values);
    if (draft.personal() != null) {
      insert(
          connection,
          "personal",
          List.of("idx", "salt", "content"),
          List.of((long) index, draft.salt(), draft.personal()));
    }
  }

  private static void head(Connection connection, Frontier end) throws SQLException {
    insert(
        connection,
        "head",
        List.of("id", "writer", "size", "root", "peaks"),
        List.of(1L, 3L, end.size(), end.root().bytes(), Tiles.encodeHashes(end.peaks())));
  }

  private static void insert(
      Connection connection, String table, List<String> columns, List<@Nullable Object> values)
      throws SQLException {
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table,
                String.join(", ", columns),
                String.join(", ", Collections.nCopies(columns.size(), "?")));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      Rows.set(insert, values);
      insert.executeUpdate();
    }
  }
}
