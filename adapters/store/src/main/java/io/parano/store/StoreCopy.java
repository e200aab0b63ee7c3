package io.parano.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// A whole store from a database server into a file, as it stands at one instant, and from such a
/// file into an empty database. Every row goes as it is, its tag with it, the head last: what was
/// altered on the way opens nowhere.
public final class StoreCopy {
  private static final StoreMove.Progress UNTOLD =
      new StoreMove.Progress() {
        @Override
        public void copied(String table, long rows) {}

        @Override
        public void reached(StoreMove.Step step) {}
      };

  private StoreCopy() {}

  /// Copies the database as it stands into the SQLite file `to`, closed to others; a server that
  /// works with it goes on. Throws [IOException] when it can't be.
  public static void snapshot(PostgresAddress from, Path to, Instant now) throws IOException {
    delete(to);
    Files.createFile(
        to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (PostgresDatabase source = new PostgresDatabase(from);
        Connection here = source.writer();
        Connection there = new SqliteDatabase(to).writer()) {
      // All reads of this transaction are of one instant.
      here.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      here.setReadOnly(true);
      Head head = Head.read(here).orElseThrow(() -> new IOException("there is no log"));
      copy(here, there, "sqlite", head, now);
      here.rollback();
    } catch (SQLException e) {
      throw new IOException("the database can't be copied: " + e.getMessage(), e);
    }
  }

  /// Puts what such a file holds into an empty database: all of it, or nothing that a server would
  /// serve. Begun again, it goes on. Throws [IOException] when it can't be done.
  public static void place(Path file, PostgresAddress to, Instant now) throws IOException {
    try {
      switch (PostgresDatabase.claim(to)) {
        case PostgresDatabase.Claim.Unfit(String why) -> throw new IOException(why);
        case PostgresDatabase.Claim.Taken _ ->
            throw new IOException("another server works with " + to.url());
        case PostgresDatabase.Claim.Held(Connection lock) -> {
          try (lock) {
            put(file, to, now);
          }
        }
      }
    } catch (SQLException e) {
      throw new IOException("the database can't be used: " + e.getMessage(), e);
    }
  }

  private static void put(Path file, PostgresAddress to, Instant now)
      throws SQLException, IOException {
    try (PostgresDatabase target = new PostgresDatabase(to);
        Connection here = new SqliteDatabase(file).reader();
        Connection there = target.writer()) {
      copy(here, there, target.dialect(), Head.read(here).orElseThrow(), now);
    }
  }

  private static void copy(
      Connection here, Connection there, String dialect, Head head, Instant now)
      throws SQLException, IOException {
    if (Schema.migrate(there, dialect, now) instanceof Schema.Migration.Newer(int found)) {
      throw new IOException(
          "the database has version %d, this program knows %d: it was written by a later Parano"
              .formatted(found, Schema.VERSION));
    }
    if (Head.isThere(there)) {
      throw new IOException("there is a log already: expected an empty database");
    }
    TableCopy copy = new TableCopy(here, there, UNTOLD);
    for (CopiedTable table : CopiedTable.all()) {
      copy.copy(table);
    }
    head.insert(there);
    for (CopiedTable table : CopiedTable.all()) {
      if (!copy.isSame(table)) {
        there.rollback();
        throw new IOException("what came there is not what was sent: " + table.name());
      }
    }
    there.commit();
  }

  /// With what SQLite keeps beside it while it is open.
  public static void delete(Path file) throws IOException {
    for (String part : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
    }
  }
}
