package io.parano.demo;

import io.parano.demo.ParanoUnderTest.Started;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What can be tried by whoever can write to the disk, and waits for the next start: rows of their
/// own, rows undone, the whole database of an earlier day. Everything happens to copies.
final class DiskAttacks {
  /// A live session, once more, under a secret of the intruder's own choice.
  private static final List<String> FORGED_SESSION =
      List.of(
          "CREATE TEMP TABLE forged AS SELECT * FROM session WHERE parent IS NULL LIMIT 1",
          "UPDATE forged SET id = randomblob(16), token = randomblob(32)",
          "INSERT INTO session SELECT * FROM forged");

  private static final List<String> REVIVED_TOKEN =
      List.of("UPDATE authenticator SET state = 'ACTIVE' WHERE state <> 'ACTIVE'");

  private final ParanoUnderTest parano;
  private final Path folder;

  /// @param folder for the copies; it need not exist
  DiskAttacks(ParanoUnderTest parano, Path folder) throws IOException {
    this.parano = parano;
    this.folder = folder;
    parano.copyDisk(folder.resolve("yesterday"));
  }

  List<Step> steps() {
    return List.of(
        written("forged-session", FORGED_SESSION),
        written("revived-token", REVIVED_TOKEN),
        rolledBack(),
        allRolledBack());
  }

  private Step written(String id, List<String> statements) {
    Path copy = folder.resolve(id);
    return step(
        id,
        "row-forged",
        () -> {
          parano.writeTo(copy, statements);
          return started(copy, copy);
        },
        () -> {
          parano.copyDisk(copy);
          return started(copy, copy);
        });
  }

  /// Yesterday's file is whole and was never touched; only what is kept outside knows better.
  private Step rolledBack() {
    Path today = folder.resolve("today");
    return step(
        "rolled-back-database",
        "behind",
        () -> started(folder.resolve("yesterday"), today),
        () -> {
          parano.copyDisk(today);
          return started(today, today);
        });
  }

  /// Yesterday's file, and with it all that this machine kept outside: it all fits together. The
  /// second machine knows of a later end.
  private Step allRolledBack() {
    Path today = folder.resolve("witnessed");
    Path yesterday = folder.resolve("yesterday");
    return step(
        "rolled-back-machine",
        "behind-witness",
        () -> verdict(() -> parano.tryWitnessedStart(yesterday, yesterday)),
        () -> {
          parano.copyDisk(today);
          return verdict(() -> parano.tryWitnessedStart(today, today));
        });
  }

  private static Step step(String id, String finding, Step.Attempt attack, Step.Attempt twin) {
    return new Step(
        id,
        "disk",
        Stop.inLog(finding),
        Step.Proof.TOLD,
        Networks.HERE,
        attack,
        Networks.HERE,
        twin,
        Step.Order.TWIN_FIRST);
  }

  private Verdict started(Path copy, Path outside) throws IOException {
    return verdict(() -> parano.tryStart(copy, outside));
  }

  private interface Start {
    Started tried() throws IOException;
  }

  private static Verdict verdict(Start tried) throws IOException {
    long start = System.nanoTime();
    return switch (tried.tried()) {
      case Started.Refused(var finding) -> new Verdict.Refused(Cast.since(start), finding);
      case Started.Opened() -> new Verdict.Granted(Cast.since(start));
    };
  }
}
