package io.parano.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Change;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.audit.Verdict;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A server that dies after a step of a change of its keys. The next start serves, everything
/// opens, and the change can be said again. Each case has a copy of one installation of its store.
@Tag("slow")
class KeysKilledTest {
  private static final int TRIES = 600;

  /// More than one round seals.
  private static final int PASSWORDS = 120;

  @TempDir private static Path before;
  @TempDir private Path folder;
  private static Map<String, Installation> originals = Map.of();
  private Installation installation = new Installation(Path.of(""), 0, 0);
  private @Nullable Server server;

  @BeforeAll
  static void begin() throws IOException {
    originals =
        Map.of(
            "sqlite", Installation.begunInFile(before.resolve("sqlite")),
            "postgresql", Installation.begunInPostgres(before.resolve("postgresql")));
    for (Installation original : originals.values()) {
      givePasswords(original);
    }
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static void givePasswords(Installation installation) throws IOException {
    try (Server running = KeysTest.serving(installation.file());
        Keyset keyset = Preparation.open(installation.configuration(), Secrets.ofProcess())) {
      var sealer = keyset.sealer(new SystemRandomness());
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i < PASSWORDS; i++) {
        var person = new PersonId(UUID.nameUUIDFromBytes(("person " + i).getBytes(UTF_8)));
        changes.add(
            new Change.PutPassword(
                person,
                Bytes.of(
                    sealer.seal(
                        "$argon2id$v=19$m=7168,t=5,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                            .getBytes(UTF_8),
                        "password/" + person)),
                List.of(),
                Instant.EPOCH));
      }
      running
          .ledger()
          .commit(Event.at(Instant.EPOCH, EventType.PASSWORD_SET, Outcome.DONE), changes);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sqlite, rotate, sealing, RECORDED",
    "sqlite, rotate, sealing, KEY_WRITTEN",
    "sqlite, rotate, sealing, IN_USE",
    "sqlite, rotate, sealing, SEALED_ANEW",
    "sqlite, rotate, sealing, DONE",
    "sqlite, rotate, tagging, RECORDED",
    "sqlite, rotate, tagging, KEY_WRITTEN",
    "sqlite, rotate, tagging, ROWS_TAGGED",
    "sqlite, rotate, tagging, OLDER_DROPPED",
    "sqlite, rotate, decoys, KEY_WRITTEN",
    "sqlite, rotate, log-signing, RECORDED",
    "sqlite, rotate, log-signing, KEY_WRITTEN",
    "sqlite, rotate, log-signing, COUNTERSIGNED",
    "sqlite, retire, log-signing, RECORDED",
    "sqlite, retire, log-signing, OLDER_DROPPED",
    "sqlite, rotate, ssh-users, KEY_WRITTEN",
    "sqlite, rotate, ssh-hosts, KEY_WRITTEN",
    "sqlite, retire, ssh-users, OLDER_DROPPED",
    "sqlite, rotate, passphrase, RECORDED",
    "sqlite, rotate, passphrase, KEY_WRITTEN",
    "postgresql, rotate, sealing, KEY_WRITTEN",
    "postgresql, rotate, sealing, SEALED_ANEW",
    "postgresql, rotate, tagging, KEY_WRITTEN",
    "postgresql, rotate, tagging, ROWS_TAGGED",
    "postgresql, rotate, log-signing, COUNTERSIGNED",
    "postgresql, retire, log-signing, OLDER_DROPPED"
  })
  void change_killedAfterAStep_losesNothing(
      String store, String how, String which, KeyChange.Step step) throws Exception {
    installation = Objects.requireNonNull(originals.get(store)).copyTo(folder.resolve("parano"));
    die(how, which, step);
    if (which.equals("passphrase") && step == KeyChange.Step.KEY_WRITTEN) {
      Files.writeString(installation.folder().resolve("passphrase"), Dying.FRESH);
    }

    Server running = KeysTest.serving(installation.file());
    server = running;
    for (int tries = 0; tries < TRIES && !running.keys().describe().truth("over"); tries++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(running.keys().describe().number("sealedUnderEarlier")).isZero();
    assertThat(running.keys().describe().number("sealed")).isEqualTo(PASSWORDS);
    running.checkRows();
    running.checkpoint();
    assertThat(running.readiness().toString()).doesNotContain("tampered");
    assertThat(running.log().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    assertThat(running.gate().oldHashes().left()).as("every password opens").isZero();
    if (!which.equals("passphrase")) {
      sayAgain(running, how, which);
    }
  }

  private void die(String how, String which, KeyChange.Step step) throws Exception {
    Process process =
        RestoreTest.child(
            folder, Dying.class, installation.file().toString(), how, which, step.name());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("dying"))).isEqualTo(137);
  }

  /// What was under way, or else the other half of it.
  private void sayAgain(Server running, String how, String which) throws IOException {
    int keys = 0;
    for (Json key : Json.read(running.keys().describe().toString()).list("keys")) {
      keys += key.text("purpose").equals(which) ? 1 : 0;
    }
    boolean done = how.equals("retire") ? keys == 1 : keys == 2;
    if (!done) {
      Installation.Said said =
          Installation.run("keys", how, which, "--config", installation.file().toString());
      assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
    }
  }

  /// Serves, changes a key, and dies after a step.
  static final class Dying {
    static final String FRESH = "granit velours marmotte quatorze prune";

    private Dying() {}

    public static void main(String[] arguments) throws Exception {
      Server running = KeysTest.serving(Path.of(arguments[0]));
      if (arguments[1].equals("retire")) {
        begin(running, KeyChange.rotation(arguments[2]).orElseThrow());
        while (!running.keys().describe().truth("over")) {
          TimeUnit.MILLISECONDS.sleep(10);
        }
      }
      KeyChange.Step last = KeyChange.Step.valueOf(arguments[3]);
      running
          .keys()
          .watchedBy(step -> {
            if (step == last) {
              Runtime.getRuntime().halt(137);
            }
          });
      begin(
          running,
          (arguments[1].equals("retire")
                  ? KeyChange.retirement(arguments[2])
                  : KeyChange.rotation(arguments[2]))
              .orElseThrow());
      TimeUnit.SECONDS.sleep(30);
      System.out.println(running.keys().describe());
      Runtime.getRuntime().halt(1);
    }

    private static void begin(Server running, KeyChange change) {
      running
          .keys()
          .begin(change, Secret.ofText(Installation.PASSPHRASE), Secret.ofText(FRESH), "user test");
    }
  }
}
