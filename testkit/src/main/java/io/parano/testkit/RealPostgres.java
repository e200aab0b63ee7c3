package io.parano.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL server of a test's own, on loopback, in which whoever connects is believed,
/// and that can be killed and begun again. Where the tests are root's it runs as the user
/// `postgres`, since it does not run as root.
public final class RealPostgres implements AutoCloseable {
  public static final String USER = "parano";

  private static final String STORE = "PARANO_TEST_STORE";

  /// Not asked for; something must be said.
  public static final String PASSWORD = "trusted";

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final int TRIES = 600;

  private static @Nullable RealPostgres shared;

  private final Path programs;
  private final Path folder;
  private final int port;
  private Process process;
  private final AtomicInteger databases = new AtomicInteger();

  private RealPostgres(Path programs, Path folder) throws IOException {
    this.programs = programs;
    this.folder = folder;
    this.port = FreePort.next();
    if (isRoot()) {
      finish(List.of("chown", "postgres", folder.toString()));
    }
    finish(
        command(
            "initdb",
            "-D",
            data(),
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync"));
    this.process = launch();
    await();
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
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
  }

  /// Starts it again after [#kill].
  public void begin() throws IOException {
    process = launch();
    await();
  }

  /// As a power cut would end it.
  public void kill() throws InterruptedException {
    List<ProcessHandle> backends = process.descendants().toList();
    process.destroyForcibly().waitFor();
    backends.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle backend : backends) {
      backend.onExit().join();
    }
  }

  /// Where it keeps what it has: `data` inside is its own.
  public Path folder() {
    return folder;
  }

  /// Empty where PostgreSQL is not installed, which is said aloud.
  public static Optional<RealPostgres> start() throws IOException {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      System.out.println("NOT RUN: tests with PostgreSQL, which is not installed");
      return Optional.empty();
    }
    return Optional.of(
        new RealPostgres(
            programs.get(),
            Files.createTempDirectory(
                "parano-postgres",
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwxr-xr-x")))));
  }

  /// Whether this run's tests keep log and state in PostgreSQL, but where a test is about the file:
  /// `PARANO_TEST_STORE=postgresql` in the environment (`./parano test --store postgresql`), or
  /// `parano.test.store` among the properties.
  public static boolean isAsked() {
    return "postgresql"
        .equals(System.getProperty("parano.test.store", System.getenv().getOrDefault(STORE, "")));
  }

  /// For a process that reaches none, in a network of its own: it would start another there, which
  /// nobody ends.
  public static void keepFrom(ProcessBuilder process) {
    process.environment().remove(STORE);
  }

  /// The one server of this process's tests, started when it is first wanted and ended with them.
  /// Throws [IllegalStateException] where PostgreSQL is not installed.
  public static synchronized RealPostgres shared() throws IOException {
    RealPostgres running = shared;
    if (running == null) {
      running = start().orElseThrow(() -> new IllegalStateException("PostgreSQL is not installed"));
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(running::close));
      shared = running;
    }
    return running;
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

  /// The JDBC URL of an empty database that nobody else has.
  public String database() throws IOException {
    String name = "t" + databases.incrementAndGet();
    finish(asUser("createdb", name));
    return url(name);
  }

  /// The JDBC URL of a copy of one of these databases, to which nobody may be connected.
  public String copyOf(String url) throws IOException {
    String name = "t" + databases.incrementAndGet();
    copy(name(url), name);
    return url(name);
  }

  /// Puts `copy` in the place of another of these databases, as whoever puts files back does.
  public void putBack(String copy, String url) throws IOException {
    finish(asUser("dropdb", "--force", name(url)));
    copy(name(copy), name(url));
  }

  /// The last of those who were connected may be on their way out.
  private void copy(String from, String to) throws IOException {
    Optional<String> failure = Optional.empty();
    for (int tries = 0; tries < TRIES; tries++) {
      failure = end(asUser("createdb", "--template", from, to));
      if (failure.isEmpty()) {
        return;
      }
    }
    throw new IOException("no copy of " + from + ": " + failure.orElse(""));
  }

  /// The JDBC URL of the database of that name.
  public String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  private static String name(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private List<String> asUser(String program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                programs.resolve(program).toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                USER));
    command.addAll(List.of(arguments));
    return command;
  }

  private void await() throws IOException {
    for (int tries = 0; tries < TRIES && process.isAlive(); tries++) {
      if (end(List.of(
              programs.resolve("pg_isready").toString(),
              "-q",
              "-h",
              "127.0.0.1",
              "-p",
              Integer.toString(port)))
          .isEmpty()) {
        return;
      }
    }
    throw new IOException("PostgreSQL does not start: " + Files.readString(folder.resolve("log")));
  }

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

  private void finish(List<String> command) throws IOException {
    Optional<String> failure = end(command);
    if (failure.isPresent()) {
      throw new IOException(command + ": " + failure.get());
    }
  }

  /// What it said when it failed; waits a moment then.
  private Optional<String> end(List<String> command) throws IOException {
    Process run =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (run.waitFor() == 0) {
        return Optional.empty();
      }
      TimeUnit.MILLISECONDS.sleep(50);
      return Optional.of(said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// Ends it as a power cut would, and leaves nothing of it.
  @Override
  public void close() {
    try {
      kill();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      System.out.println("left behind: " + folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
