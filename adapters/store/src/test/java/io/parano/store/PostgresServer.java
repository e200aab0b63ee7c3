package io.parano.store;

import io.parano.kernel.Secret;
import io.parano.testkit.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A PostgreSQL server of the test's own, with what a store's tests do to one.
final class PostgresServer {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final RealPostgres server;

  private PostgresServer(RealPostgres server) {
    this.server = server;
  }

  /// Empty where PostgreSQL is not installed, which is said aloud.
  static Optional<PostgresServer> start() throws IOException {
    return RealPostgres.start().map(PostgresServer::new);
  }

  /// Puts these lines before all others that say who may come in how.
  void permit(String... lines) throws Exception {
    Path file = server.folder().resolve("data").resolve("pg_hba.conf");
    Files.writeString(file, String.join("\n", lines) + "\n" + Files.readString(file));
    again();
  }

  /// Speaks TLS from now on, with that certificate.
  void certificate(Path certificate, Path key) throws Exception {
    Path shown = server.folder().resolve("server.pem");
    Path secret = server.folder().resolve("server.key");
    Files.copy(certificate, shown, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(secret);
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(secret, Files.readAllBytes(key));
    if (isRoot()) {
      run(List.of("chown", "postgres", shown.toString(), secret.toString()));
    }
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET ssl_cert_file = '" + shown + "'");
      statement.execute("ALTER SYSTEM SET ssl_key_file = '" + secret + "'");
      statement.execute("ALTER SYSTEM SET ssl = on");
    }
    again();
  }

  /// With what was written for it meanwhile.
  void again() throws Exception {
    kill();
    begin();
  }

  void begin() throws IOException {
    server.begin();
  }

  /// As a power cut would end it.
  void kill() throws InterruptedException {
    server.kill();
  }

  /// An empty database of its own.
  PostgresAddress database() throws IOException {
    return address(server.database());
  }

  private static PostgresAddress address(String url) {
    return new PostgresAddress(url, RealPostgres.USER, Secret.ofText(RealPostgres.PASSWORD), null);
  }

  /// An empty database on a small disk of its own, which only root can mount; empty where it can't
  /// be.
  Optional<PostgresAddress> smallDatabase() throws Exception {
    Path disk = Files.createDirectories(disk());
    if (!isRoot()
        || mount("mount", "-t", "tmpfs", "-o", "size=32m,mode=700", "tmpfs", disk.toString())
            != 0) {
      return Optional.empty();
    }
    run(List.of("chown", "postgres", disk.toString()));
    String name = "small" + NUMBER.incrementAndGet();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLESPACE small LOCATION '" + disk + "'");
      statement.execute("CREATE DATABASE " + name + " TABLESPACE small");
    }
    return Optional.of(address(server.url(name)));
  }

  /// Where the small disk is mounted.
  Path disk() {
    return server.folder().resolve("disk");
  }

  private static int mount(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /// As somebody with plain JDBC.
  static void edit(PostgresAddress address, String... statements) throws SQLException {
    try (Connection connection = connected(address.url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// What it has logged of statements with these words.
  List<String> logged(String... words) throws IOException {
    try (Stream<String> lines = Files.lines(server.folder().resolve("log"))) {
      return lines.filter(line -> List.of(words).stream().allMatch(line::contains)).toList();
    }
  }

  private Connection connect(String name) throws SQLException {
    return connected(server.url(name));
  }

  private static Connection connected(String url) throws SQLException {
    return DriverManager.getConnection(url, RealPostgres.USER, RealPostgres.PASSWORD);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + ": " + said);
    }
  }

  /// Ends it, and leaves nothing of it.
  void end() throws Exception {
    kill();
    if (Files.isDirectory(disk())) {
      mount("umount", disk().toString());
    }
    server.close();
  }
}
