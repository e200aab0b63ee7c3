package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.CheckedCheckpoint;
import io.parano.audit.CheckpointOutcome;
import io.parano.audit.EventType;
import io.parano.audit.NoteKey;
import io.parano.audit.Verdict;
import io.parano.keys.Keyset;
import io.parano.store.Criterion;
import io.parano.store.SqliteLog;
import io.parano.testkit.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
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

/// A backup of one installation, restored as another in another folder.
@Tag("slow")
class RestoreTest {
  @TempDir private Path folder;
  private Installation first = new Installation(Path.of(""), 0, 0);
  private Installation second = new Installation(Path.of(""), 0, 0);
  private @Nullable Server server;

  @BeforeEach
  void begin() throws Exception {
    first = Installation.begunInFile(folder.resolve("first"));
    second = Installation.in(folder.resolve("second"));
    key(folder, "backup");
    key(folder, "other");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  /// A recipient's pair, as `openssl genpkey` makes it.
  static void key(Path folder, String name) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    pem(folder.resolve(name + ".key"), "PRIVATE KEY", pair.getPrivate().getEncoded());
    pem(folder.resolve(name + ".pub"), "PUBLIC KEY", pair.getPublic().getEncoded());
  }

  private static void pem(Path file, String label, byte[] encoded) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(encoded), label));
  }

  private Path file() {
    return folder.resolve("the-backup");
  }

  private Installation.Said backup() {
    return Installation.run(
        "backup",
        file().toString(),
        "--to",
        folder.resolve("backup.pub").toString(),
        "--config",
        first.file().toString());
  }

  private Installation.Said restore(String key) {
    return Installation.run(
        "restore",
        file().toString(),
        "--key",
        folder.resolve(key).toString(),
        "--config",
        second.file().toString(),
        "--allow-root");
  }

  private Server serve(Installation which) throws IOException {
    server = KeysTest.serving(which.file());
    return server;
  }

  private void backedUp() throws IOException {
    try (Server running = serve(first)) {
      assertThat(running.isOpen()).isTrue();
      Installation.Said said = backup();
      assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
    }
  }

  private static NoteKey logKey(Installation of) throws IOException {
    Keyset keyset = Preparation.open(of.configuration(), Secrets.ofProcess());
    return new OriginSigner(ConfiguredPlan.origin(of.configuration(), keyset), keyset.logSigner())
        .key();
  }

  @Test
  void restore_onAnotherMachine_grantsNothingUnderAnotherName() throws Exception {
    backedUp();
    Installation.Said said = restore("backup.key");
    assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
    assertThat(said.out()).contains("void: 0 sessions, 2 acts and enrolments");

    NoteKey before = logKey(first);
    NoteKey after = logKey(second);
    assertThat(before.name()).isEqualTo("auth.localhost/log");
    assertThat(after.name()).matches("auth\\.localhost/log-[0-9a-f]{8}");

    Server running = serve(second);
    assertThat(running.books().closures().everybody()).isTrue();
    assertThat(running.books().docket().enrolments()).isEmpty();
    assertThat(running.books().roster().officers()).hasSize(2);
    assertThat(running.log().newest(List.of(new Criterion.Type(EventType.RESTORED)), 9))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.read().resource()).isEqualTo("log:auth.localhost/log"));
    assertThat(running.log().newest(List.of(new Criterion.Type(EventType.BACKED_UP)), 9))
        .hasSize(1);
    running.checkpoint();
    assertThat(running.log().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    for (String note : running.log().checkpoints()) {
      assertThat(CheckedCheckpoint.open(note, after.name(), after))
          .isInstanceOf(CheckpointOutcome.Genuine.class);
      assertThat(CheckedCheckpoint.open(note, before.name(), before))
          .isInstanceOf(CheckpointOutcome.Refused.class);
    }
  }

  @Test
  void backup_noServer_isRefusedUnmade() {
    assertThat(backup().err()).contains("no server answers");
    assertThat(file()).doesNotExist();
  }

  @Test
  void backup_overAnother_isRefused() throws Exception {
    Files.writeString(file(), "yesterday's");
    try (Server running = serve(first)) {
      assertThat(running.isOpen()).isTrue();
      assertThat(backup().err()).contains("is there already");
    }
    assertThat(Files.readString(file())).isEqualTo("yesterday's");
  }

  /// Whoever restores over what is there could bring yesterday back.
  @Test
  void restore_whereSomethingIs_isRefusedAndTouchesNothing() throws Exception {
    backedUp();
    Installation.Said there =
        Installation.run(
            "restore",
            file().toString(),
            "--key",
            folder.resolve("backup.key").toString(),
            "--config",
            first.file().toString(),
            "--allow-root");
    assertThat(there.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(there.err()).contains("is there already");
    serve(first).close();
    Path checkpoint = second.configuration().checkpoints().resolve("checkpoint");
    Files.createDirectories(second.configuration().checkpoints());
    Files.writeString(checkpoint, "another log's");
    assertThat(restore("backup.key").err()).contains("is there already");
    Files.delete(checkpoint);
    assertThat(restore("backup.key").code()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void restore_otherKeyPassphraseOrBytes_isRefusedAndTheRightOnesAreTaken() throws Exception {
    backedUp();
    byte[] good = Files.readAllBytes(file());
    assertThat(restore("other.key").err()).contains("another key, or was altered");
    byte[] altered = good.clone();
    altered[altered.length / 2] ^= 1;
    Files.write(file(), altered);
    assertThat(restore("backup.key").err()).contains("another key, or was altered");
    Files.write(file(), java.util.Arrays.copyOf(good, 50));
    assertThat(restore("backup.key").err()).contains("ends too early");
    Files.write(file(), good);
    Files.writeString(second.folder().resolve("passphrase"), "quatre chevaux dans le brouillard");
    assertThat(restore("backup.key").err()).contains("does not open the keyset");
    Files.writeString(second.folder().resolve("passphrase"), Installation.PASSPHRASE);
    assertThat(SqliteLog.database(second.configuration().data())).doesNotExist();
    assertThat(second.configuration().keyset().file()).doesNotExist();
    assertThat(restore("backup.key").code()).isEqualTo(ExitCode.DONE);
  }

  /// Killed after each step: nothing that is served is half there, and the next try finishes.
  @ParameterizedTest
  @EnumSource(Restoration.Step.class)
  void restore_killedAfterAStep_isFinishedByTheNext(Restoration.Step step) throws Exception {
    backedUp();
    Process dying =
        child(
            folder,
            Dying.class,
            file().toString(),
            folder.resolve("backup.key").toString(),
            second.file().toString(),
            step.name());
    assertThat(dying.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(dying.exitValue()).as(Files.readString(folder.resolve("dying"))).isEqualTo(137);

    if (step == Restoration.Step.DATABASE_THERE) {
      assertThat(restore("backup.key").err()).contains("is there already");
    } else {
      assertThat(SqliteLog.database(second.configuration().data())).doesNotExist();
      Installation.Said said = restore("backup.key");
      assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
    }
    Server running = serve(second);
    assertThat(running.books().closures().everybody()).isTrue();
    assertThat(running.log().newest(List.of(new Criterion.Type(EventType.RESTORED)), 9)).hasSize(1);
    assertThat(running.log().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
  }

  /// A backup killed at moments that nobody chose is whole or not there.
  @Test
  void backup_processKilled_isWholeOrNotThere() throws Exception {
    try (Server running = serve(first)) {
      assertThat(running.isOpen()).isTrue();
      for (int millis : new int[] {300, 600, 900, 1_200, 1_500}) {
        Files.deleteIfExists(file());
        Process process =
            child(
                folder,
                Main.class,
                "backup",
                file().toString(),
                "--to",
                folder.resolve("backup.pub").toString(),
                "--config",
                first.file().toString());
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
        }
        if (Files.exists(file())) {
          assertThat(restore("backup.key").code()).isEqualTo(ExitCode.DONE);
          remove();
        }
      }
      Files.deleteIfExists(file());
      assertThat(backup().code()).isEqualTo(ExitCode.DONE);
      assertThat(first.configuration().data().resolve("backup.unfinished")).doesNotExist();
    }
    assertThat(restore("backup.key").code()).isEqualTo(ExitCode.DONE);
  }

  private void remove() throws IOException {
    Files.delete(SqliteLog.database(second.configuration().data()));
    Files.delete(second.configuration().keyset().file());
    Files.delete(second.configuration().checkpoints().resolve("checkpoint"));
  }

  static Process child(Path folder, Class<?> main, String... arguments) throws IOException {
    return new ProcessBuilder(JavaCommand.of(main.getName(), arguments))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("dying").toFile())
        .start();
  }

  /// Restores, and dies after a step.
  static final class Dying {
    private Dying() {}

    public static void main(String[] arguments) throws Exception {
      Restoration.Step last = Restoration.Step.valueOf(arguments[3]);
      Restoration restoration =
          new Restoration(
              ConfigurationFile.right(Path.of(arguments[2])),
              step -> {
                if (step == last) {
                  Runtime.getRuntime().halt(137);
                }
              });
      RestoreCommand.restore(
          restoration,
          Path.of(arguments[0]),
          Path.of(arguments[1]),
          io.parano.kernel.Secret.ofText(Installation.PASSPHRASE));
      Runtime.getRuntime().halt(1);
    }
  }
}
