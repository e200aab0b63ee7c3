package io.parano.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// A database of a PostgreSQL server, from version 15 on. What it commits is on its disk, or the
/// server is refused.
final class PostgresDatabase implements Database {
  private static final int OLDEST = 15;
  private static final List<String> WRITER =
      List.of(
          // Not weaker because somebody set the server so.
          "SET synchronous_commit = on",
          // Milliseconds that somebody's psql may hold a lock.
          "SET lock_timeout = 2000");

  /// "parano", for the lock that one server holds.
  private static final long LOCK = 0x7061_7261_6e6fL;

  /// The database learns of a predecessor's end only a moment after it.
  private static final int CLAIM_MILLIS = 3_000;

  /// `lock_not_available`: appendix A of PostgreSQL's manual.
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final PostgresAddress address;
  private final PostgresReaders readers;

  PostgresDatabase(PostgresAddress address) {
    this.address = address;
    this.readers = new PostgresReaders(address);
  }

  /// Keeps every other server away for as long as it is open. Should the connection be lost, the
  /// writer's number in the head does the same.
  sealed interface Claim {
    record Held(Connection lock) implements Claim {}

    record Taken() implements Claim {}

    record Unfit(String why) implements Claim {}
  }

  static Claim claim(PostgresAddress address) throws SQLException {
    Connection connection = open(address);
    try {
      String unfit = unfit(connection);
      if (!unfit.isEmpty()) {
        connection.close();
        return new Claim.Unfit(unfit);
      }
      execute(connection, "SET lock_timeout = " + CLAIM_MILLIS);
      said(connection, "SELECT pg_advisory_lock(" + LOCK + ")");
      execute(connection, "RESET lock_timeout");
      return new Claim.Held(connection);
    } catch (SQLException e) {
      connection.close();
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return new Claim.Taken();
      }
      throw e;
    }
  }

  private static void execute(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private static String unfit(Connection connection) throws SQLException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < OLDEST) {
      return "PostgreSQL %d is too old: expected %d or later".formatted(version, OLDEST);
    }
    if (!said(connection, "SHOW server_encoding").equals("UTF8")) {
      return "expected a database in UTF8, found one in "
          + said(connection, "SHOW server_encoding");
    }
    if (!said(connection, "SHOW fsync").equals("on")) {
      return "the server runs with fsync = off: what it says to have kept may be lost";
    }
    return "";
  }

  private static String said(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  @Override
  public Connection writer() throws SQLException {
    Connection connection = open(address);
    try {
      try (Statement statement = connection.createStatement()) {
        for (String setting : WRITER) {
          statement.execute(setting);
        }
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection reader() throws SQLException {
    return readers.take();
  }

  @Override
  public void close() {
    readers.close();
  }

  /// Whether a log was begun there.
  StorePlace.Begun begun() {
    try (Connection connection = open(address)) {
      String unfit = unfit(connection);
      if (!unfit.isEmpty()) {
        return new StorePlace.Begun.Unknown(unfit);
      }
      return Head.isPossible(connection) && Head.isThere(connection)
          ? new StorePlace.Begun.Yes()
          : new StorePlace.Begun.No();
    } catch (SQLException e) {
      return new StorePlace.Begun.Unknown("the database can't be used: " + e.getMessage());
    }
  }

  @Override
  public String dialect() {
    return "postgresql";
  }

  /// By the class of the SQLSTATE (postgresql.org/docs/15/errcodes-appendix.html).
  @Override
  public Fault fault(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (state.startsWith("XX00") && !state.equals("XX000")) {
      return Fault.DAMAGED;
    }
    return state.startsWith("22") || state.startsWith("23") ? Fault.STATEMENT : Fault.WORLD;
  }

  private static Connection open(PostgresAddress address) throws SQLException {
    return DriverManager.getConnection(address.url(), address.properties());
  }
}
