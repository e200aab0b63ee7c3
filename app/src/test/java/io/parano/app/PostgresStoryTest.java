package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.store.PostgresAddress;
import io.parano.web.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server whose log and state are in a real PostgreSQL of the test's own. */
@Tag("slow")
class PostgresStoryTest {
  private static final int TRIES = 600;

  private final Keyset keyset = Keyset.fresh(Instant.now(), new SystemRandomness());
  @TempDir private Path folder;
  private Path home = Path.of("");
  private Optional<Process> postgres = Optional.empty();
  private int port;

  @BeforeEach
  void startPostgres() throws Exception {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      System.out.println("NOT RUN: PostgresStoryTest, since PostgreSQL is not installed");
    }
    assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
    home =
        Files.createTempDirectory(
            "parano-postgres",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String data = home.resolve("data").toString();
    Path bin = programs.orElseThrow();
    if (isRoot()) {
      assertThat(start("chown", "postgres", home.toString()).waitFor()).isZero();
    }
    assertThat(
            asPostgres(
                    bin.resolve("initdb"),
                    "-D",
                    data,
                    "-U",
                    "parano",
                    "-A",
                    "trust",
                    "-EUTF8",
                    "--locale=C",
                    "--no-sync")
                .waitFor())
        .isZero();
    postgres =
        Optional.of(
            asPostgres(
                bin.resolve("postgres"),
                "-D",
                data,
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-k",
                home.toString()));
    awaitPostgres();
  }

  @AfterEach
  void endPostgres() throws Exception {
    if (postgres.isPresent()) {
      postgres.get().destroyForcibly().waitFor();
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static Optional<Path> programs() throws IOException {
    Path installed = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(installed)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(installed)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private Process asPostgres(Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
    }
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return start(command.toArray(String[]::new));
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void awaitPostgres() throws InterruptedException {
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        edit("SELECT 1");
        return;
      } catch (SQLException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new AssertionError("PostgreSQL does not start");
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  private void edit(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "parano", "trusted");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private ServerFolder server(Path where) {
    return new ServerFolder(
        where, keyset, new PostgresAddress(url(), "parano", Secret.ofText("trusted"), null));
  }

  @Test
  void server_inPostgres_beginsServesAgainAndKeepsOthersAway() throws Exception {
    try (Server server = server(folder).begin(WitnessPlan.none())) {
      assertThat(server.books().roster().officers()).hasSize(2);
      assertThat(server(folder.resolve("elsewhere")).start(WitnessPlan.none()))
          .isInstanceOfSatisfying(
              Server.Start.Refused.class,
              refused -> assertThat(refused.why()).contains("another server works with"));
    }
    try (Server server = server(folder).serve(WitnessPlan.none())) {
      assertThat(server.books().roster().officers()).hasSize(2);
      server.checkRows();
      assertThat(server.readiness()).isEqualTo(new Readiness.Ready());

      edit("UPDATE person SET officer = 0");
      server.checkRows();
      assertThat(server.readiness()).isInstanceOf(Readiness.NotReady.class);
    }
    assertThat(folder.resolve("log/parano.db")).doesNotExist();
    assertThat(server(folder).start(WitnessPlan.none())).isInstanceOf(Server.Start.Refused.class);
    edit("UPDATE person SET officer = 1");
    server(folder).serve(WitnessPlan.none()).close();
  }

  @Test
  void storeMove_thereAndBack_servesWhereTheConfigurationIsToldTo() throws Exception {
    Installation office = Installation.begun(folder.resolve("office"));
    Files.writeString(office.folder().resolve("database.secret"), "trusted\n");
    office.permit("database.secret", "rw-------");
    String local = Files.readString(office.file());
    Installation.Said moved = move(office, "--to", url(), "--password-file", secret(office));
    assertThat(moved.code()).as(moved.toString()).isEqualTo(ExitCode.DONE);
    assertThat(moved.out()).contains("url: " + url());
    assertThat(office.refusedServe().err()).contains("the log was moved to " + url());
    assertThat(move(office, "--to", "sqlite").err()).contains("is kept there already");

    Files.writeString(
        office.file(),
        local
            + "\nstore:\n  url: %s\n  user: parano\n  password-file: database.secret\n"
                .formatted(url()));
    assertThat(office.served("/health/live").statusCode()).isEqualTo(200);
    assertThat(move(office, "--to", "elsewhere").code()).isEqualTo(ExitCode.USAGE);
    moved = move(office, "--to", "sqlite");
    assertThat(moved.code()).as(moved.toString()).isEqualTo(ExitCode.DONE);
    assertThat(office.refusedServe().err()).contains("the log was moved to sqlite");

    Files.writeString(office.file(), local);
    assertThat(office.served("/health/live").statusCode()).isEqualTo(200);
  }

  private static String secret(Installation office) {
    return office.folder().resolve("database.secret").toString();
  }

  private static Installation.Said move(Installation office, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("store", "move", "--config", office.file().toString(), "--allow-root"));
    all.addAll(List.of(arguments));
    return Installation.run(all.toArray(String[]::new));
  }
}
