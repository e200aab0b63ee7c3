package io.parano.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.sqlite.SQLiteErrorCode;

/// One file in WAL mode (sqlite.org/wal.html): readers never wait for the writer.
final class SqliteDatabase implements Database {
  private static final List<String> WRITER =
      List.of(
          // The log is synced at every commit, not only at checkpoints.
          "PRAGMA synchronous = FULL",
          // 16 MiB between checkpoints: a quarter of the stalls of the default at the same rate.
          "PRAGMA wal_autocheckpoint = 4000",
          // What is erased is overwritten, not only unlinked.
          "PRAGMA secure_delete = ON",
          "PRAGMA cache_size = -16000",
          "PRAGMA temp_store = MEMORY",
          "PRAGMA trusted_schema = OFF",
          // Milliseconds that somebody's sqlite3 shell may hold the write lock.
          "PRAGMA busy_timeout = 2000");
  private static final List<String> READER =
      List.of(
          "PRAGMA query_only = ON",
          "PRAGMA trusted_schema = OFF",
          "PRAGMA cache_size = -4000",
          "PRAGMA busy_timeout = 2000");

  /// The driver would look up the row that each insert made, by a statement of its own.
  private static final String KEYS_OF_INSERTS = "jdbc.get_generated_keys";

  private final Path file;

  SqliteDatabase(Path file) {
    this.file = file;
  }

  @Override
  public Connection writer() throws SQLException {
    Connection connection = open();
    try {
      try (Statement statement = connection.createStatement();
          ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
        if (!mode.next() || !"wal".equals(mode.getString(1))) {
          throw new SQLException(file + " can't be used in WAL mode");
        }
      }
      apply(connection, WRITER);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection reader() throws SQLException {
    Connection connection = open();
    try {
      apply(connection, READER);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /// Copies everything as it stands into `to`, which is empty or not there yet; others go on
  /// writing.
  void copy(Path to) throws SQLException {
    try (Connection connection = open()) {
      apply(connection, List.of("PRAGMA busy_timeout = 2000"));
      try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, to.toAbsolutePath().toString());
        copy.executeUpdate();
      }
    }
  }

  @Override
  public void close() {}

  @Override
  public String dialect() {
    return "sqlite";
  }

  @Override
  public Fault fault(SQLException failure) {
    // The lower byte is the primary code (sqlite.org/rescode.html).
    int code = failure.getErrorCode() & 0xff;
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return Fault.DAMAGED;
    }
    return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
            || code == SQLiteErrorCode.SQLITE_MISMATCH.code
            || code == SQLiteErrorCode.SQLITE_TOOBIG.code
        ? Fault.STATEMENT
        : Fault.WORLD;
  }

  private Connection open() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty(KEYS_OF_INSERTS, "false");
    return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath(), settings);
  }

  private static void apply(Connection connection, List<String> pragmas) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String pragma : pragmas) {
        statement.execute(pragma);
      }
    }
  }
}
