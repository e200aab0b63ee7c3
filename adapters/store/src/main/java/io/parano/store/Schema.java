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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The numbered scripts that make the tables, each applied once and in its own transaction, and the
/// rows that say which were.
final class Schema {
  static final List<String> SCRIPTS =
      List.of(
          "0001-first.sql",
          "0002-otp.sql",
          "0003-ssh.sql",
          "0004-tags.sql",
          "0007-recall.sql",
          "0009-lease.sql",
          "0010-vpn-device.sql");

  /// The version that this program reads and writes.
  static final int VERSION = number(SCRIPTS.getLast());

  private Schema() {}

  sealed interface Migration {
    record Current() implements Migration {}

    /// Made by a later Parano: not touched.
    record Newer(int found) implements Migration {}
  }

  static Migration migrate(Connection connection, String dialect, Instant now) throws SQLException {
    Set<Integer> applied = applied(connection);
    int found = applied.stream().max(Comparator.naturalOrder()).orElse(0);
    if (found > VERSION) {
      return new Migration.Newer(found);
    }
    for (String name : SCRIPTS) {
      if (!applied.contains(number(name))) {
        apply(connection, script(dialect, name), number(name), now);
      }
    }
    return new Migration.Current();
  }

  /// The number that a script's name begins with. Some may be missing between them.
  static int number(String script) {
    return Integer.parseInt(script.substring(0, 4));
  }

  private static Set<Integer> applied(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS schema_version"
              + " (version INTEGER PRIMARY KEY, applied_at BIGINT NOT NULL)");
      connection.commit();
      Set<Integer> applied = new HashSet<>();
      try (ResultSet row = statement.executeQuery("SELECT version FROM schema_version")) {
        while (row.next()) {
          applied.add(row.getInt(1));
        }
      }
      return applied;
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

  static String script(String dialect, String name) {
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
