package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Secret;
import io.parano.keys.Pkcs11Slot;
import io.parano.testkit.JavaCommand;
import io.parano.testkit.SoftHsm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The keyset of a running server put behind SoftHSM2 and away from it. Servers are processes of
 * their own: the library takes its configuration from the environment.
 */
@Tag("slow")
class KeysModuleTest {
  private static final int TRIES = 600;

  @TempDir private Path folder;
  private Installation installation = new Installation(Path.of(""), 0, 0);
  private Path library = Path.of("");
  private SoftHsm token;
  private @Nullable Process server;

  @BeforeEach
  void begin() throws Exception {
    installation = Installation.begun(folder.resolve("parano"));
    library = SoftHsm.library();
    token = new SoftHsm(folder, "tokens");
    OtherDoor.secret(installation.folder().resolve("pin"), SoftHsm.PIN);
  }

  @AfterEach
  void end() throws InterruptedException {
    stop();
  }

  private void stop() throws InterruptedException {
    Process running = server;
    if (running != null) {
      running.destroy();
      assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
      server = null;
    }
  }

  private Process child(Class<?> main, String... arguments) throws IOException {
    return token
        .reaches(
            new ProcessBuilder(JavaCommand.of(main.getName(), arguments))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile()))
        .start();
  }

  /** Starts a server that can reach the module; waits until it serves. */
  private void serve() throws Exception {
    Process starting =
        child(Main.class, "serve", "--allow-root", "--config", installation.file().toString());
    server = starting;
    Path control = installation.folder().resolve("run/control");
    for (int tries = 0; tries < TRIES && starting.isAlive(); tries++) {
      if (Installation.run("status", "--control", control.toString()).code() == ExitCode.DONE) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError(Files.readString(folder.resolve("output")));
  }

  private Installation.Said move(String... how) {
    List<String> words =
        new ArrayList<>(List.of("keys", "move", "--config", installation.file().toString()));
    words.addAll(List.of(how));
    return Installation.run(words.toArray(String[]::new));
  }

  private Installation.Said toModule(Path pin) {
    return move("--to", "pkcs11", "--library", library.toString(), "--pin", pin.toString());
  }

  private void behindModule() throws IOException {
    installation.change(
        "passphrase: { file: passphrase }",
        "passphrase: { file: pin }\n  pkcs11: { library: " + library + " }");
  }

  private void behindPassphrase() throws IOException {
    installation.change(
        "passphrase: { file: pin }\n  pkcs11: { library: " + library + " }",
        "passphrase: { file: passphrase }");
  }

  private String lock() throws IOException {
    return Files.readAllLines(installation.configuration().keyset().file()).get(1);
  }

  @Test
  void move_behindAModuleAndAway_isOpenedByThatAlone() throws Exception {
    serve();
    Path wrong = installation.folder().resolve("wrong");
    OtherDoor.secret(wrong, "4321");
    assertThat(toModule(wrong).code()).isEqualTo(ExitCode.REFUSED);
    assertThat(lock()).startsWith("argon2id");
    Installation.Said moved = toModule(installation.folder().resolve("pin"));
    assertThat(moved.code()).as(moved.err()).isEqualTo(ExitCode.DONE);
    assertThat(moved.out()).contains("pkcs11: { library: \"" + library + "\", slot: 0");
    assertThat(lock()).isEqualTo("pkcs11 hmac-sha256");
    stop();

    assertThat(installation.refusedServe().err()).contains("module");
    behindModule();
    serve();
    assertThat(toModule(installation.folder().resolve("pin")).err()).contains("that already");
    assertThat(rotate("decoys").code()).isEqualTo(ExitCode.DONE);
    Path passphrase = installation.folder().resolve("passphrase");
    Installation.Said back = move("--to", "passphrase", "--new-passphrase", passphrase.toString());
    assertThat(back.code()).as(back.err()).isEqualTo(ExitCode.DONE);
    assertThat(lock()).startsWith("argon2id");
    stop();

    behindPassphrase();
    serve();
    assertThat(rotate("decoys").code()).isEqualTo(ExitCode.DONE);
  }

  private Installation.Said rotate(String which) {
    return Installation.run("keys", "rotate", which, "--config", installation.file().toString());
  }

  @Test
  void move_neitherOneNorTheOther_isWrongUsage() {
    assertThat(move("--to", "pkcs11").code()).isEqualTo(ExitCode.USAGE);
    assertThat(move("--to", "passphrase", "--library", "x").code()).isEqualTo(ExitCode.USAGE);
    assertThat(move("--to", "elsewhere").code()).isEqualTo(ExitCode.USAGE);
  }

  /** Killed after each step: what the file is behind opens it, whole. */
  @ParameterizedTest
  @EnumSource(
      value = KeyChange.Step.class,
      names = {"RECORDED", "KEY_WRITTEN", "DONE"})
  void move_killedAfterAStep_losesNothing(KeyChange.Step step) throws Exception {
    Process dying =
        child(Dying.class, installation.file().toString(), library.toString(), step.name());
    assertThat(dying.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(dying.exitValue()).as(Files.readString(folder.resolve("output"))).isEqualTo(137);

    if (lock().startsWith("pkcs11")) {
      assertThat(step).isNotEqualTo(KeyChange.Step.RECORDED);
      behindModule();
      serve();
    } else {
      assertThat(step).isEqualTo(KeyChange.Step.RECORDED);
      serve();
      assertThat(toModule(installation.folder().resolve("pin")).code()).isEqualTo(ExitCode.DONE);
    }
  }

  /** Serves, moves the keyset behind the module, and dies after a step. */
  static final class Dying {
    private Dying() {}

    public static void main(String[] arguments) throws Exception {
      Server running = KeysTest.serving(Path.of(arguments[0]));
      KeyChange.Step last = KeyChange.Step.valueOf(arguments[2]);
      running
          .keys()
          .watchedBy(step -> {
            if (step == last) {
              Runtime.getRuntime().halt(137);
            }
          });
      running
          .keys()
          .begin(
              new KeyChange.Move(new Pkcs11Slot(Path.of(arguments[1]), 0, "parano-keyset")),
              Secret.ofText(Installation.PASSPHRASE),
              Secret.ofText(SoftHsm.PIN),
              "user test");
      TimeUnit.SECONDS.sleep(30);
      System.out.println(running.keys().describe());
      Runtime.getRuntime().halt(1);
    }
  }
}
