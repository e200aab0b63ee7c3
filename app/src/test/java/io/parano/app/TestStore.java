package io.parano.app;

import io.parano.kernel.Secret;
import io.parano.store.PostgresAddress;
import io.parano.testkit.RealPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In which store the servers of this run's tests keep log and state, unless a test is about one: a
 * file, or a database of a real PostgreSQL server.
 */
final class TestStore {
  private static final boolean POSTGRES = RealPostgres.isAsked();
  private static final String GIVEN = "PARANO_TEST_DATABASE";
  private static final Map<Path, PostgresAddress> DATABASES = new HashMap<>();

  private TestStore() {}

  static boolean isPostgres() {
    return POSTGRES;
  }

  /** Where a server in `folder` keeps what it has, whenever it is asked; null for a file in it. */
  static @Nullable PostgresAddress of(Path folder) {
    try {
      return POSTGRES ? database(folder) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A database of its own for `folder`, whatever this run's store is. */
  static synchronized PostgresAddress database(Path folder) throws IOException {
    PostgresAddress known = DATABASES.get(folder);
    if (known != null) {
      return known;
    }
    String given = System.getenv(GIVEN);
    PostgresAddress made = at(given == null ? RealPostgres.shared().database() : given);
    DATABASES.put(folder, made);
    return made;
  }

  private static PostgresAddress at(String url) {
    return new PostgresAddress(url, RealPostgres.USER, Secret.ofText(RealPostgres.PASSWORD), null);
  }

  /** Has the server in `folder` that runs as `process` use a database that outlives it. */
  static ProcessBuilder lend(Path folder, ProcessBuilder process) throws IOException {
    if (POSTGRES) {
      process.environment().put(GIVEN, database(folder).url());
    }
    return process;
  }

  /** Has what the server in `to` keeps be what the one in `from` does; neither runs. */
  static synchronized void copy(Path from, Path to) throws IOException {
    PostgresAddress source = DATABASES.get(from);
    if (!POSTGRES || source == null) {
      return;
    }
    PostgresAddress target = DATABASES.get(to);
    if (target == null) {
      DATABASES.put(to, at(RealPostgres.shared().copyOf(source.url())));
    } else {
      RealPostgres.shared().putBack(source.url(), target.url());
    }
  }

  /** The same where [#configure] was for `from`: what `to` then names is a database of its own. */
  static synchronized void copyConfigured(Path from, Path to) throws IOException {
    PostgresAddress source = DATABASES.get(from);
    Path file = to.resolve("parano.yaml");
    String text = Files.readString(file);
    if (source != null && text.contains(source.url())) {
      PostgresAddress target = at(RealPostgres.shared().copyOf(source.url()));
      DATABASES.put(to, target);
      Files.writeString(file, text.replace(source.url(), target.url()));
    }
  }

  /** As somebody with plain JDBC would come to what the server in `folder` keeps. */
  static Connection connect(Path folder, Path file) throws SQLException {
    PostgresAddress address = of(folder);
    return address == null
        ? DriverManager.getConnection("jdbc:sqlite:" + file)
        : DriverManager.getConnection(address.url(), RealPostgres.USER, RealPostgres.PASSWORD);
  }

  /** Has the configuration in `folder` name a database of its own. */
  static void configure(Path folder) throws IOException {
    Path secret = folder.resolve("database.secret");
    Files.writeString(secret, RealPostgres.PASSWORD + "\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        folder.resolve("parano.yaml"),
        "\nstore:\n  url: %s\n  user: %s\n  password-file: database.secret\n"
            .formatted(database(folder).url(), RealPostgres.USER),
        StandardOpenOption.APPEND);
  }
}
