package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.web.AuthorityPlace;
import io.parano.web.Site;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people and proxies do every day, through a door that is another process and, where the tests
 * are root's, another user.
 */
@Tag("slow")
class RolesStoryTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;
  private Path between = Path.of("");
  private final List<OtherDoor> doors = new ArrayList<>();
  private Office office;

  @BeforeEach
  void open() throws IOException {
    between = OtherDoor.meetingPlace();
    Path socket = between.resolve("authority");
    office =
        new Office(
            folder.resolve("office"),
            Office.POLICY,
            null,
            new Office.Apart() {
              @Override
              public AuthorityPlace authority() {
                return new AuthorityPlace.Socket(socket, OtherDoor.user());
              }

              @Override
              public void open(Site signIn) throws IOException {
                doors.add(door(signIn, socket));
                until(signIn);
              }
            });
  }

  @AfterEach
  void close() throws IOException {
    office.close();
    for (OtherDoor door : doors) {
      door.close();
    }
    Files.delete(between);
  }

  private OtherDoor door(Site signIn, Path socket) throws IOException {
    Path own = Files.createDirectory(between.resolve("door"));
    OtherDoor.secret(own.resolve("front.secret"), SECRET);
    Files.writeString(
        own.resolve("parano.yaml"),
        """
        version: 1
        company: Example
        data: data
        checkpoints: checkpoints
        keyset: { file: keyset, passphrase: terminal }
        sign-in: { origin: "%1$s" }
        listen: [{ tcp: "127.0.0.1:%2$d" }]
        hosts: [{ origin: "http://wages.parano.localhost:%2$d" }]
        proxies: [{ name: front, addresses: [127.0.0.1], secret-file: front.secret }]
        """
            .formatted(signIn, signIn.port()));
    return new OtherDoor(
        own, List.of("--between", socket.toString(), "--peer", System.getProperty("user.name")));
  }

  /** Waits until the door has met the authority. */
  private void until(Site signIn) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end && doors.getFirst().process().isAlive()) {
      try (HttpClient client = HttpClient.newHttpClient()) {
        int status =
            client
                .send(
                    HttpRequest.newBuilder(URI.create(signIn + "/sign-in")).build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status == 200) {
          return;
        }
      } catch (ConnectException notYet) {
        // It starts.
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError(doors.getFirst().said());
  }

  /** What a proxy is told of a request from the office with `cookie`. */
  private int pass(String secret, String cookie) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(InetAddress.ofLiteral("127.0.0.1"))
            .build()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(office.origin() + "/api/authz/auth-request"))
                  .header("Parano-Proxy", secret)
                  .header("X-Original-URL", wages() + "/")
                  .header("X-Original-Method", "GET")
                  .header("X-Forwarded-For", Office.DESK)
                  .header("Cookie", cookie)
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  /** The application's cookie, as the proxy's client gets it. */
  private String entered(URI exchange) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String set =
          client
              .send(
                  HttpRequest.newBuilder(exchange)
                      .header("Parano-Proxy", SECRET)
                      .header("X-Forwarded-For", Office.DESK)
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .headers()
              .firstValue("Set-Cookie")
              .orElseThrow();
      return set.substring(0, set.indexOf(';'));
    }
  }

  private String wages() {
    return "http://wages.parano.localhost:" + URI.create(office.origin()).getPort();
  }

  @Test
  void story_throughADoorOfAnotherUser_isAsInOneProcess() throws Exception {
    assertThat(OtherDoor.isNobodys() ? owner() : OtherDoor.user()).isEqualTo(OtherDoor.user());

    office.employ("alice", "operators", "accounting");
    Office.Ran login = office.login("alice");
    assertThat(login.code()).as(login.err()).isZero();

    String host = entered(office.browser("alice").toward(wages() + "/"));
    assertThat(pass(SECRET, host)).as(this::newest).isEqualTo(200);
    assertThat(pass(SECRET.replace('0', '1'), host)).isEqualTo(403);
    assertThat(pass(SECRET, "")).isEqualTo(401);

    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("key").toString());
    String key = folder.resolve("key").toString();
    assertThat(office.as("alice", "ssh", "login", "web", "--key", key).code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(office.as("alice", "ssh", "login", "lab", "--key", key).code()).isZero();
    assertThat(folder.resolve("key-cert.pub")).exists();

    office.login("olga");
    assertThat(office.as("olga", "cut", "person", "alice").code()).isZero();
    assertThat(pass(SECRET, host)).isEqualTo(401);
  }

  private String newest() {
    return office.server.log().newest(List.of(), 3).stream()
        .map(entry -> new String(entry.leaf().copy(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("\n"));
  }

  private String owner() throws IOException {
    return Files.getOwner(Path.of("/proc/" + doors.getFirst().process().pid())).getName();
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
