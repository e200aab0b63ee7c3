package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.audit.Verdict;
import io.parano.store.Criterion;
import io.parano.store.StorePlace;
import io.parano.web.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups of installations whose log is in a real PostgreSQL, and backups restored into one. */
@Tag("slow")
class PostgresRestoreTest {
  @TempDir private static Path before;
  @TempDir private Path folder;

  /** A backup out of each store, for those that only restore it. */
  @BeforeAll
  static void backUp() throws Exception {
    RestoreTest.key(before, "backup");
    for (String store : List.of("postgresql", "sqlite")) {
      Installation first = begun(store, before.resolve(store));
      try (Server running = KeysTest.serving(first.file())) {
        assertThat(running.isOpen()).isTrue();
        Installation.Said said = backup(first, before.resolve(store + "-backup"));
        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
      }
      assertThat(first.configuration().data().resolve("backup.unfinished")).doesNotExist();
    }
  }

  private static Installation begun(String store, Path folder) throws IOException {
    return store.equals("postgresql")
        ? Installation.begunInPostgres(folder)
        : Installation.begunInFile(folder);
  }

  private Installation empty(String store) throws IOException {
    Installation second = Installation.in(folder.resolve("second"));
    if (store.equals("postgresql")) {
      TestStore.configure(second.folder());
    }
    return second;
  }

  private static Installation.Said backup(Installation of, Path file) {
    return Installation.run(
        "backup",
        file.toString(),
        "--to",
        before.resolve("backup.pub").toString(),
        "--config",
        of.file().toString());
  }

  private static Installation.Said restore(Path file, Installation into) {
    return Installation.run(
        "restore",
        file.toString(),
        "--key",
        before.resolve("backup.key").toString(),
        "--config",
        into.file().toString(),
        "--allow-root");
  }

  /** That it serves and grants nothing; how many backups its log tells of. */
  private static int voided(Installation restored) throws IOException {
    try (Server running = KeysTest.serving(restored.file())) {
      assertThat(running.books().closures().everybody()).isTrue();
      assertThat(running.books().docket().enrolments()).isEmpty();
      assertThat(running.books().roster().officers()).hasSize(2);
      assertThat(running.log().newest(List.of(new Criterion.Type(EventType.RESTORED)), 9))
          .hasSize(1);
      assertThat(running.log().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
      running.checkRows();
      assertThat(running.readiness()).isInstanceOf(Readiness.Ready.class);
      return running.log().newest(List.of(new Criterion.Type(EventType.BACKED_UP)), 9).size();
    }
  }

  @ParameterizedTest
  @CsvSource({"postgresql, postgresql", "postgresql, sqlite", "sqlite, postgresql"})
  void restore_fromOneStoreIntoAnother_isWholeAndGrantsNothing(String from, String to)
      throws Exception {
    Path backup = before.resolve(from + "-backup");
    Installation second = empty(to);

    Installation.Said said = restore(backup, second);
    assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
    assertThat(voided(second)).isEqualTo(1);
    assertThat(restore(backup, second).err()).contains("is there already");
  }

  /** The snapshot is of one instant, however much is written meanwhile. */
  @Test
  void backup_whileTheLogGrows_isOfOneInstant() throws Exception {
    Installation first = begun("postgresql", folder.resolve("first"));
    Path file = folder.resolve("the-backup");
    try (Server running = KeysTest.serving(first.file())) {
      Thread growing =
          Thread.ofPlatform()
              .start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                  var _ =
                      running
                          .ledger()
                          .commit(Event.at(Instant.now(), EventType.PASS, Outcome.DONE), List.of());
                }
              });
      try {
        Installation.Said said = backup(first, file);
        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
      } finally {
        growing.interrupt();
        growing.join();
      }
    }
    Installation second = empty("sqlite");
    Installation.Said said = restore(file, second);
    assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
    assertThat(voided(second)).isEqualTo(1);
  }

  /** A backup killed at moments that nobody chose is whole or not there, and the log goes on. */
  @Test
  void backup_processKilled_isWholeOrNotThereAndTheLogGoesOn() throws Exception {
    Installation first = begun("postgresql", folder.resolve("first"));
    Path file = folder.resolve("the-backup");
    int round = 0;
    int killed = 0;
    try (Server running = KeysTest.serving(first.file())) {
      for (int millis : new int[] {300, 600, 900, 1_200, 1_500, 1_800, 2_100}) {
        Files.deleteIfExists(file);
        Process process =
            RestoreTest.child(
                folder,
                Main.class,
                "backup",
                file.toString(),
                "--to",
                before.resolve("backup.pub").toString(),
                "--config",
                first.file().toString());
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          killed++;
        }
        var _ =
            running
                .ledger()
                .commit(Event.at(Instant.now(), EventType.PASS, Outcome.DONE), List.of());
        if (Files.exists(file)) {
          Installation there = Installation.in(folder.resolve("restored" + round++));
          assertThat(restore(file, there).code()).isEqualTo(ExitCode.DONE);
          assertThat(voided(there)).isPositive();
        }
      }
      assertThat(killed).isPositive();
      Files.deleteIfExists(file);
      assertThat(backup(first, file).code()).isEqualTo(ExitCode.DONE);
      assertThat(first.configuration().data().resolve("backup.unfinished")).doesNotExist();
      running.checkRows();
      assertThat(running.log().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
      assertThat(running.readiness().toString()).doesNotContain("tampered");
    }
    Installation second = empty("postgresql");
    assertThat(restore(file, second).code()).isEqualTo(ExitCode.DONE);
    assertThat(voided(second)).isPositive();
  }

  /** Killed after each step: nothing that is served is half there, and the next try finishes. */
  @ParameterizedTest
  @EnumSource(Restoration.Step.class)
  void restore_killedAfterAStep_isFinishedByTheNext(Restoration.Step step) throws Exception {
    Path backup = before.resolve("postgresql-backup");
    Installation second = empty("postgresql");
    Process dying =
        RestoreTest.child(
            folder,
            RestoreTest.Dying.class,
            backup.toString(),
            before.resolve("backup.key").toString(),
            second.file().toString(),
            step.name());
    assertThat(dying.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(dying.exitValue()).as(Files.readString(folder.resolve("dying"))).isEqualTo(137);

    StorePlace.Begun there = new ConfiguredPlan(second.configuration()).store().begun();
    Installation.Said said = restore(backup, second);
    if (step == Restoration.Step.DATABASE_THERE) {
      assertThat(there).isInstanceOf(StorePlace.Begun.Yes.class);
      assertThat(said.err()).contains("is there already");
    } else {
      assertThat(there).isInstanceOf(StorePlace.Begun.No.class);
      assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.DONE);
    }
    assertThat(voided(second)).isEqualTo(1);
  }
}
