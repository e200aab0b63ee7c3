package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.keys.Keyset;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a whole, over its real ports and files: when it serves, and when it refuses to. */
class ServerTest {
  private final Keyset keyset = Keyset.fresh(Instant.now(), new SystemRandomness());
  @TempDir private Path folder;

  @Test
  void start_emptyLog_isWhatTheBeginningSays() throws IOException {
    assertThat(Server.start(plan(), (books, random, now) -> "run parano bootstrap first"))
        .isEqualTo(new Server.Start.Refused("run parano bootstrap first"));
    try (Server server = begun()) {
      assertThat(server.books().roster().officers()).hasSize(2);
    }
    try (Server server = serving(Server.start(plan(), (books, random, now) -> ""))) {
      assertThat(server.books().roster().officers()).hasSize(2);
      assertThat(server.books().policy().version()).isEqualTo(1);
    }
  }

  @Test
  void start_secondServer_isRefusedWhileTheFirstServes() throws IOException {
    try (Server server = begun()) {
      assertThat(server.books().roster().officers()).hasSize(2);
      assertThat(Server.start(plan(), (books, random, now) -> ""))
          .isInstanceOf(Server.Start.Refused.class);
    }
  }

  @Test
  void start_olderCopyPutBack_isRefused() throws IOException {
    ServerFolder inFile = new ServerFolder(folder, keyset, null);
    inFile.begin(WitnessPlan.none()).close();
    Path database = folder.resolve("log/parano.db");
    Path older = Files.copy(database, folder.resolve("older.db"));
    inFile.serve(WitnessPlan.none()).close();
    Files.copy(older, database, StandardCopyOption.REPLACE_EXISTING);

    assertThat(inFile.start(WitnessPlan.none()))
        .isInstanceOfSatisfying(
            Server.Start.Refused.class,
            refused -> assertThat(refused.why()).contains("an older copy was put back"));
  }

  @Test
  void door_provenProxy_isAnsweredAndAnUnprovenOneRefused() throws Exception {
    try (Server server = begun()) {
      int port = server.door().bound().getFirst().port();
      assertThat(ask(port, "right secret, 32 bytes long, yes!")).isEqualTo(401);
      assertThat(ask(port, "wrong secret, 32 bytes long, yes!")).isEqualTo(403);
    }
  }

  @Test
  void start_rowForged_isRefusedAndItsTwinServes() throws Exception {
    begun().close();
    serving(Server.start(plan(), (books, random, now) -> "")).close();
    edit("UPDATE person SET officer = 0 WHERE name = 'olga'");
    assertThat(Server.start(plan(), (books, random, now) -> ""))
        .isInstanceOfSatisfying(
            Server.Start.Refused.class,
            refused -> assertThat(refused.why()).contains("in person the row", "by somebody else"));
    edit("UPDATE person SET officer = 1 WHERE name = 'olga'");
    serving(Server.start(plan(), (books, random, now) -> "")).close();
  }

  @Test
  void checkRows_rowForgedBelow_shutsTheDoorAndSaysWhy() throws Exception {
    try (Server server = begun()) {
      int port = server.door().bound().getFirst().port();
      int admin = server.door().bound().getLast().port();
      server.checkRows();
      assertThat(ask(port, "right secret, 32 bytes long, yes!")).isEqualTo(401);
      assertThat(health(admin)).isEqualTo("ready\n");

      edit("DELETE FROM policy");
      server.checkRows();
      assertThatThrownBy(() -> ask(port, "right secret, 32 bytes long, yes!"))
          .isInstanceOf(IOException.class);
      assertThat(health(admin)).contains("the database was tampered with", "rows-missing policy");
      assertThat(server.log().newest(List.of(), 1).getFirst().read().type())
          .isEqualTo("tampering-noticed");
    }
  }

  private void edit(String sql) throws SQLException {
    try (Connection connection = TestStore.connect(folder, folder.resolve("log/parano.db"));
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private static String health(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static int ask(int port, String secret) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/api/authz/auth-request"))
                  .header("Parano-Proxy", secret)
                  .header("X-Original-URL", "http://wages.parano.localhost:8080/")
                  .header("X-Original-Method", "GET")
                  .header("X-Forwarded-For", "127.0.10.5")
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private Server begun() throws IOException {
    return server().begin(WitnessPlan.none());
  }

  private static Server serving(Server.Start start) {
    return ServerFolder.serving(start);
  }

  private ServerPlan plan() throws IOException {
    return server().plan(WitnessPlan.none());
  }

  private ServerFolder server() {
    return new ServerFolder(folder, keyset);
  }
}
