package io.parano.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/// The numbered scripts that make the tables, each applied once and in its own transaction, and the
/// row that says how far they got.
final class Schema {
  private static final List<String> SCRIPTS =
      List.of("0001-first.sql", "0002-otp.sql", "0003-ssh.sql", "0004-tags.sql");

  /// The version that this program reads and writes.
  static final int VERSION = SCRIPTS.size();

  private Schema() {}

  sealed interface Migration {
    record Current() implements Migration {}

    /// Made by a later Parano: not touched.
    record Newer(int found) implements Migration {}
  }

  static Migration migrate(Connection connection, String dialect, Instant now) throws SQLException {
    int found = version(connection);
    if (found > VERSION) {
      return new Migration.Newer(found);
    }
    for (int next = found + 1; next <= VERSION; next++) {
      apply(connection, script(dialect, SCRIPTS.get(next - 1)), next, now);
    }
    return new Migration.Current();
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS schema_version"
              + " (version INTEGER PRIMARY KEY, applied_at BIGINT NOT NULL)");
      connection.commit();
      try (ResultSet row =
          statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM schema_version")) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static void apply(Connection connection, String script, int version, Instant now)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        PreparedStatement applied =
            connection.prepareStatement("INSERT INTO schema_version VALUES (?, ?)")) {
      for (String part : script.split(";\n", -1)) {
        if (!part.isBlank()) {
          statement.execute(part);
        }
      }
      applied.setInt(1, version);
      applied.setLong(2, Columns.micros(now));
      applied.executeUpdate();
      connection.commit();
    }
  }

  private static String script(String dialect, String name) {
    try (InputStream in = Schema.class.getResourceAsStream(dialect + "/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + dialect + "/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
