package io.parano.store;

import io.parano.kernel.Secret;
import io.parano.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server of the test's own, on loopback, that can be killed and started again.
final class PostgresServer {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final int TRIES = 600;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path programs;
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private PostgresServer(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /// Empty where PostgreSQL is not installed, which is said aloud.
  static Optional<PostgresServer> start() throws Exception {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      System.out.println("NOT RUN: tests with PostgreSQL, which is not installed");
      return Optional.empty();
    }
    Path folder =
        Files.createTempDirectory(
            "parano-postgres",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    PostgresServer server = new PostgresServer(programs.get(), folder, FreePort.next());
    if (isRoot()) {
      run(List.of("chown", "postgres", folder.toString()));
    }
    run(
        server.command(
            "initdb",
            "-D",
            server.data(),
            "-U",
            "parano",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync"));
    server.begin();
    return Optional.of(server);
  }

  private static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  /// Starts it, as at first and after [#kill].
  void begin() throws Exception {
    process =
        new ProcessBuilder(
                command(
                    "postgres",
                    "-D",
                    data(),
                    "-h",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(port),
                    "-k",
                    folder.toString()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    for (int tries = 0; tries < TRIES; tries++) {
      try (Connection connection = connect("postgres")) {
        if (connection.isValid(1)) {
          return;
        }
      } catch (SQLException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new AssertionError(
        "PostgreSQL does not start: " + Files.readString(folder.resolve("log")));
  }

  /// Puts these lines before all others that say who may come in how.
  void permit(String... lines) throws Exception {
    Path file = folder.resolve("data").resolve("pg_hba.conf");
    Files.writeString(file, String.join("\n", lines) + "\n" + Files.readString(file));
    again();
  }

  /// Speaks TLS from now on, with that certificate.
  void certificate(Path certificate, Path key) throws Exception {
    Path shown = folder.resolve("server.pem");
    Path secret = folder.resolve("server.key");
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

  /// As a power cut would end it.
  void kill() throws InterruptedException {
    Process running = process;
    if (running != null) {
      List<ProcessHandle> backends = running.descendants().toList();
      running.destroyForcibly().waitFor();
      backends.forEach(ProcessHandle::destroyForcibly);
      for (ProcessHandle backend : backends) {
        backend.onExit().join();
      }
    }
  }

  /// An empty database of its own.
  PostgresAddress database() throws SQLException {
    String name = "t" + NUMBER.incrementAndGet();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new PostgresAddress(url(name), "parano", Secret.ofText("trusted"), null);
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
    String name = "t" + NUMBER.incrementAndGet();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLESPACE small LOCATION '" + disk + "'");
      statement.execute("CREATE DATABASE " + name + " TABLESPACE small");
    }
    return Optional.of(new PostgresAddress(url(name), "parano", Secret.ofText("trusted"), null));
  }

  /// Where the small disk is mounted.
  Path disk() {
    return folder.resolve("disk");
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
    try (Connection connection = DriverManager.getConnection(address.url(), "parano", "trusted");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// What it has logged of statements with these words.
  List<String> logged(String... words) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("log"))) {
      return lines.filter(line -> List.of(words).stream().allMatch(line::contains)).toList();
    }
  }

  private Connection connect(String name) throws SQLException {
    return DriverManager.getConnection(url(name), "parano", "trusted");
  }

  private String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  /// It does not run as root.
  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
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
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
