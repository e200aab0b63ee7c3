package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.testkit.JavaCommand;
import io.parano.testkit.Signal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** `serve` as a process of its own: how it ends, how it is killed, what it writes. */
@Tag("slow")
class ServeProcessTest {
  private static final int TRIES = 1200;

  @TempDir private Path folder;
  private Installation installation = new Installation(Path.of(""), 0, 0);

  @BeforeEach
  void begin() throws IOException {
    installation = Installation.begun(folder.resolve("parano"));
  }

  @Test
  void serve_toldToStop_endsInOrder() throws Exception {
    for (String signal : List.of("TERM", "INT")) {
      Process process = serving(signal);
      Signal.send(signal, process);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(signal).isTrue();
      assertThat(process.exitValue()).as(signal).isEqualTo(ExitCode.DONE);
      assertThat(installation.folder().resolve("run/control")).doesNotExist();
    }
  }

  @Test
  void serve_killed_startsAgainOnTheSameLog() throws Exception {
    for (int time = 0; time < 3; time++) {
      Process process = serving("kill-" + time);
      Signal.send("KILL", process);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(installation.served("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void serve_whileOneServes_isRefusedAndLeavesItAlone() throws Exception {
    Process first = serving("first");
    Process second = start("second");
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(ExitCode.REFUSED);
    assertThat(said("second"))
        .contains("another server (process " + first.pid() + ") works with")
        .doesNotContain("Exception");

    assertThat(ready()).isTrue();
    assertThat(
            ControlClient.done(
                new ControlClient(installation.folder().resolve("run/control")).ask("status")))
        .isTrue();
    Signal.send("TERM", first);
    assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void serve_withoutATerminal_writesOneJsonObjectALineAndNoSecret() throws Exception {
    installation.change("logs: info", "logs: debug");
    Process process = serving("json");
    askUnproven();
    Signal.send("TERM", process);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

    String secret = Files.readString(installation.folder().resolve("front.secret")).strip();
    List<String> lines = said("json").lines().toList();
    assertThat(lines).isNotEmpty().allSatisfy(ServeProcessTest::isObject);
    assertThat(said("json"))
        .contains("serving; people sign in at")
        .contains("weak: ")
        .doesNotContain(secret)
        .doesNotContain(Installation.PASSPHRASE);
  }

  /** A proxy that gives a wrong secret is told to the log; the secret is not. */
  private void askUnproven() throws IOException, InterruptedException {
    String wrong = "a guess that nobody may read in a log, 48 chars.";
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + installation.door() + "/api/authz/auth-request"))
              .header("Parano-Proxy", wrong)
              .header("Cookie", "__Host-parano=0123456789abcdefghijklmnopqrstuvwxyzABCDEFG")
              .build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(403);
    }
    assertThat(said("json"))
        .doesNotContain(wrong)
        .doesNotContain("0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
  }

  private static void isObject(String line) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
      assertThat(parser.nextToken().isStructStart()).as(line).isTrue();
      parser.skipChildren();
      assertThat(parser.nextToken()).as(line).isNull();
    }
  }

  private Process serving(String name) throws Exception {
    Process process = start(name);
    for (int tries = 0; tries < TRIES && process.isAlive(); tries++) {
      if (ready()) {
        return process;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("it does not serve: " + said(name));
  }

  /** What a shell starts in the background ignores Ctrl-C, and so would all below it. */
  private Process start(String name) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(
        JavaCommand.of(
            Main.class.getName(),
            "serve",
            "--allow-root",
            "--config",
            installation.file().toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name).toFile())
        .start();
  }

  private String said(String name) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(name))) {
      return lines.reduce("", (before, line) -> before + line + "\n");
    }
  }

  private boolean ready() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + installation.admin() + "/health/ready"))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
