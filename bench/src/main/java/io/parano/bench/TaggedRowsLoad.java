package io.parano.bench;

import io.parano.store.SqlLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Our side of [TaggedRowsBench] and its peer's. Answers `checked` and `bare` with microseconds a
/// row, and `start` with milliseconds.
final class TaggedRowsLoad {
  /// Those that are not empty in a made-up installation.
  private static final List<String> TABLES =
      List.of("person", "authenticator", "session", "policy");

  private final Author author;
  private final String database;
  private SqlLedger ledger;
  private long rows;

  private TaggedRowsLoad(Path folder) throws IOException {
    this.author = new Author(folder, new SecureRandom()::nextBytes);
    this.database = "jdbc:sqlite:" + folder.resolve("data/parano.db");
    this.ledger = author.open();
  }

  /// @param arguments a folder that does not exist yet, and the number of sessions
  public static void main(String[] arguments) throws IOException, SQLException {
    Path folder = Path.of(arguments[0]);
    Installation.make(folder, Integer.parseInt(arguments[1]), 10);
    TaggedRowsLoad load = new TaggedRowsLoad(folder);
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println(load.take(line));
    }
    load.ledger.close();
  }

  private double take(String command) throws IOException, SQLException {
    long start = System.nanoTime();
    switch (command) {
      case "bare" -> rows = readBare();
      case "checked" -> {
        if (!(ledger.checkRows() instanceof SqlLedger.RowsChecked.Whole)) {
          throw new IllegalStateException("the rows do not hold");
        }
      }
      case "start" -> {
        ledger.close();
        start = System.nanoTime();
        ledger = author.open();
        return (System.nanoTime() - start) / 1e6;
      }
      default -> throw new IllegalArgumentException(command);
    }
    return (System.nanoTime() - start) / 1e3 / rows;
  }

  private long readBare() throws SQLException {
    long found = 0;
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
          int columns = row.getMetaData().getColumnCount();
          while (row.next()) {
            for (int column = 1; column <= columns; column++) {
              var _ = row.getObject(column);
            }
            found++;
          }
        }
      }
    }
    return found;
  }
}
