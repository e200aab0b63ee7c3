package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Passing.Answer;
import io.parano.kernel.Reason;
import io.parano.web.WebConfig.Limits;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A door and an authority that have nothing in common but a Unix socket.
class RolesTest {
  private static final String USER = System.getProperty("user.name", "");
  private static final WebConfig CONFIG = TestDoor.config(Limits.usual());

  @TempDir private Path folder;
  private final ScriptedPassing passing = new ScriptedPassing();
  private final PaperCore paper = new PaperCore(InstantSource.system(), new Random()::nextBytes);
  private WebDoor door;
  private AuthorityPlace.Socket place;

  @BeforeEach
  void open() {
    place = new AuthorityPlace.Socket(folder.resolve("authority"), USER);
    door = WebDoor.openApart(CONFIG, place);
  }

  @AfterEach
  void close() {
    door.close();
  }

  private AuthorityDoor authority(String doors) {
    return AuthorityDoor.open(
        CONFIG,
        new AuthorityPlace.Socket(place.path(), doors),
        paper.core(passing),
        new ApartDoors(new InFlight()),
        Readiness.Ready::new,
        () -> "parano_log_entries 7\n");
  }

  private Wire.Answer ask(String bearer) throws IOException {
    return Asking.ask(door, bearer);
  }

  private static Wire.Answer get(int port, String path) throws IOException {
    return Asking.get(port, path);
  }

  private Wire.Answer met() throws IOException {
    return Asking.met(door);
  }

  @Test
  void ask_authorityThere_answersAsOneProcessDoes() throws Exception {
    passing.answers.put("stale", new Answer.StepUp(Duration.ofMinutes(1)));
    passing.answers.put("barred", new Answer.Refused(Reason.GROUP_MISSING));
    passing.answers.put("first", new Answer.RecordFirst());
    passing.answers.put("open", new Answer.Allowed(null, Duration.ofHours(1)));
    try (AuthorityDoor authority = authority(USER);
        WebDoor alone =
            WebDoor.open(
                CONFIG,
                paper.core(passing),
                new InFlight(),
                null,
                Readiness.Ready::new,
                () -> "")) {
      assertThat(met().header("Remote-User")).hasValue("alice");
      WebDoor apart = door;
      for (String bearer : new String[] {"good", "stale", "barred", "first", "open", "unknown"}) {
        Wire.Answer here = ask(bearer);
        door = alone;
        Wire.Answer there = ask(bearer);
        door = apart;
        assertThat(here).as(bearer).isEqualTo(there);
      }
      int port = apart.bound().getFirst().port();
      assertThat(get(port, "/sign-in")).isEqualTo(get(alone.bound().getFirst().port(), "/sign-in"));
      assertThat(authority).isNotNull();
    }
  }

  /// Yubico's validation protocol: the answer, signed, and who the core is told asks.
  @Test
  void verify_throughADoorApart_isAsInOneProcess() throws Exception {
    String question =
        "/wsapi/2.0/verify?id=7&otp=dteffujehknhfjbrjnlnldnhcujvddbikngjrtgh"
            + "&nonce=jrFwbaYFhn0HoxZIsd9LQ6w2ceU&h=ab%2Bcd%3D";
    int port = door.bound().getFirst().port();
    assertThat(get(port, question).body()).as("nobody to ask").doesNotContain("status=OK");
    try (AuthorityDoor authority = authority(USER);
        WebDoor alone =
            WebDoor.open(
                CONFIG,
                paper.core(passing),
                new InFlight(),
                null,
                Readiness.Ready::new,
                () -> "")) {
      assertThat(met().status()).isEqualTo(200);
      Wire.Answer here = get(port, question);
      assertThat(here.body()).contains("status=OK");
      assertThat(here).isEqualTo(get(alone.bound().getFirst().port(), question));
      assertThat(paper.asked).hasSize(2);
      assertThat(paper.asked.getFirst()).isEqualTo(paper.asked.getLast());
      assertThat(authority).isNotNull();
    }
  }

  @Test
  void ask_authorityGone_refusesUntilItIsBack() throws Exception {
    assertThat(ask("good").status()).isEqualTo(503);
    try (AuthorityDoor authority = authority(USER)) {
      assertThat(met().status()).isEqualTo(200);
      assertThat(authority).isNotNull();
    }
    assertThat(ask("good").status()).isEqualTo(503);
    assertThat(get(door.bound().getFirst().port(), "/sign-in").status()).isEqualTo(500);
    try (AuthorityDoor authority = authority(USER)) {
      assertThat(met().status()).isEqualTo(200);
      assertThat(authority).isNotNull();
    }
  }

  /// It greets, and then is silent: a process that was stopped.
  @Tag("slow")
  @Test
  void ask_authoritySilent_refusesWithinFiveSeconds() throws Exception {
    try (ServerSocketChannel listening = RawLine.listen(place.path());
        RawLine line = RawLine.of(listening)) {
      assertThat(line.hear().kind()).isEqualTo(FrameKind.HELLO);
      line.out.begin(FrameKind.WELCOME).end();
      line.send();
      CompletableFuture<FrameKind> asked =
          CompletableFuture.supplyAsync(() -> {
            try {
              RawLine.Heard heard = line.hear();
              while (heard.kind() == FrameKind.PING) {
                heard = line.hear();
              }
              return heard.kind();
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
      long start = System.nanoTime();
      Wire.Answer answer = ask("good");
      while (!asked.isDone()) {
        start = System.nanoTime();
        answer = ask("good");
      }
      assertThat(answer.status()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(asked.get(5, TimeUnit.SECONDS)).isEqualTo(FrameKind.PASS);
    }
  }

  @Test
  void ask_doorOfAnotherUser_isNotAnswered() throws Exception {
    try (AuthorityDoor authority = authority("somebody-else");
        RawLine line = RawLine.to(place.path())) {
      assertThat(line.ended()).as("closed unread").isTrue();
      assertThat(ask("good").status()).isEqualTo(503);
      assertThat(authority).isNotNull();
    }
    try (AuthorityDoor authority = authority(USER)) {
      assertThat(met().status()).isEqualTo(200);
      assertThat(authority).isNotNull();
    }
  }

  @Test
  void ask_authorityOfAnotherUser_isNotBelieved() throws Exception {
    door.close();
    door = WebDoor.openApart(CONFIG, new AuthorityPlace.Socket(place.path(), "somebody-else"));
    try (AuthorityDoor authority = authority(USER)) {
      assertThat(ask("good").status()).isEqualTo(503);
      door.close();
      door = WebDoor.openApart(CONFIG, place);
      assertThat(met().status()).isEqualTo(200);
      assertThat(authority).isNotNull();
    }
  }

  @Test
  void health_isTheAuthoritysWord() throws Exception {
    int admin = door.bound().getLast().port();
    assertThat(get(admin, "/health/ready").status()).isEqualTo(503);
    try (AuthorityDoor authority = authority(USER)) {
      assertThat(met().status()).isEqualTo(200);
      assertThat(get(admin, "/health/ready").status()).isEqualTo(200);
      Wire.Answer metrics = get(admin, "/metrics");
      while (!metrics.body().contains("parano_log_entries 7")) {
        metrics = get(admin, "/metrics");
      }
      assertThat(authority).isNotNull();
    }
  }
}
