package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.store.PostgresAddress;
import io.parano.web.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server whose log and state are in a real PostgreSQL of the test's own. */
@Tag("slow")
class PostgresStoryTest {
  private final Keyset keyset = Keyset.fresh(Instant.now(), new SystemRandomness());
  @TempDir private Path folder;
  private PostgresAddress database =
      new PostgresAddress("jdbc:postgresql://127.0.0.1/none", "nobody", Secret.ofText("-"), null);

  @BeforeEach
  void findDatabase() throws IOException {
    database = TestStore.database(folder);
  }

  private String url() {
    return database.url();
  }

  private void edit(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "parano", "trusted");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private ServerFolder server(Path where) {
    return new ServerFolder(where, keyset, database);
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
    Installation office = Installation.begunInFile(folder.resolve("office"));
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
