package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Copies of a log that is closed, for somebody to write to.
final class LogCopies {
  private LogCopies() {}

  static LogOnDisk copy(LogOnDisk from, Path folder) {
    LogOnDisk copy = new LogOnDisk(folder);
    try {
      Files.createDirectory(
          copy.directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.createDirectory(copy.outside);
      Files.copy(from.database(), copy.database());
      Files.copy(from.outside.resolve("checkpoint"), copy.outside.resolve("checkpoint"));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As somebody with the file and plain JDBC.
  static void edit(Path database, List<String> statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        int changed = statement.executeUpdate(sql);
        if (sql.startsWith("UPDATE") || sql.startsWith("INSERT") || sql.startsWith("DELETE")) {
          assertThat(changed).as(sql).isPositive();
        }
      }
    }
  }

  static Opening opened(LogOnDisk log) {
    Opening opening = log.tryOpen();
    if (opening instanceof Opening.Opened(var ledger, _, _)) {
      ledger.close();
    }
    return opening;
  }
}
