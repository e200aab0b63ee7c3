package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Change;
import io.parano.audit.Finding;
import io.parano.audit.Verdict;
import io.parano.store.StoreUnderTest.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What somebody with write access to the database can do, and where it shows: at the next start
/// for whatever came after the last checkpoint, in the whole verification for all of it. Every row
/// starts from a copy of one log of 300 entries, signed at 280; its untouched twin opens and
/// verifies.
class TamperTest {
  private static final int SIGNED = 280;
  private static final int SIZE = 300;

  @TempDir static Path original;
  @TempDir Path folder;

  @BeforeAll
  static void writeTheOriginal() throws IOException {
    LogOnDisk log = new LogOnDisk(original);
    try (Opened opened = log.open()) {
      // The first entry is the log's own.
      for (int i = 1; i < SIGNED; i++) {
        opened.ledger().commit(Samples.event(i), List.of());
      }
      opened.ledger().checkpoint(Samples.NOW);
    }
    // An older copy, for whoever puts it back.
    Files.copy(log.database(), original.resolve("older"));
    try (Opened opened = log.open()) {
      opened
          .ledger()
          .commit(
              Samples.event(SIGNED),
              List.of(new Change.PutProposal(Samples.proposal(1, Samples.acts().getFirst()))));
      for (int i = SIGNED + 1; i < SIZE; i++) {
        opened.ledger().commit(Samples.event(i), List.of());
      }
    }
  }

  private LogOnDisk copy() {
    return LogCopies.copy(new LogOnDisk(original), folder);
  }

  private static Verdict verify(LogOnDisk log) throws IOException {
    return new AuditReader(
            new SqliteDatabase(log.database()),
            new TestKey().key(),
            CheckpointFolder.at(log.outside))
        .verifyAll(entries -> {});
  }

  private static void edit(Path database, String... statements) throws SQLException {
    LogCopies.edit(database, List.of(statements));
  }

  private static Opening opened(LogOnDisk log) {
    return LogCopies.opened(log);
  }

  @Test
  void untouchedTwin_opensAndVerifies() throws IOException {
    LogOnDisk log = copy();
    assertThat(verify(log))
        .isInstanceOfSatisfying(
            Verdict.Holds.class,
            holds -> {
              assertThat(holds.summary().entries()).isEqualTo(SIZE);
              assertThat(holds.summary().witnessed()).isEqualTo(SIGNED);
            });
    assertThat(opened(log)).isInstanceOf(Opening.Opened.class);
    assertThat(verify(log)).isInstanceOf(Verdict.Holds.class);
  }

  static Stream<Arguments> afterTheCheckpoint() {
    String otherLeaf = "leaf = CAST(REPLACE(CAST(leaf AS TEXT), '\"done\"', '\"failed\"') AS BLOB)";
    return Stream.of(
        row("an entry is edited", "UPDATE entry SET " + otherLeaf + " WHERE idx = 290"),
        row("its hash too", "UPDATE entry SET hash = zeroblob(32) WHERE idx = 290"),
        row("its column alone", "UPDATE entry SET type = 'pass' WHERE idx = 290"),
        row("its actor alone", "UPDATE entry SET actor = NULL WHERE idx = 290"),
        row("its resource alone", "UPDATE entry SET resource = 'x' WHERE idx = 290"),
        row("its time alone", "UPDATE entry SET at = at + 1 WHERE idx = 290"),
        row("its personal data", "UPDATE personal SET content = x'7b7d' WHERE idx = 290"),
        row("an entry is removed", "DELETE FROM entry WHERE idx = 290"),
        row("the last entries are removed", "DELETE FROM entry WHERE idx >= 295"),
        row(
            "two entries change places",
            "UPDATE entry SET idx = 1000 WHERE idx = 290",
            "UPDATE entry SET idx = 290 WHERE idx = 291",
            "UPDATE entry SET idx = 291 WHERE idx = 1000"),
        row(
            "an entry is repeated at the end",
            "INSERT INTO entry SELECT 300, at, type, outcome, actor, resource, reason, hash, leaf"
                + " FROM entry WHERE idx = 299"),
        row("the head's root is edited", "UPDATE head SET root = zeroblob(32)"),
        row("the head is set back", "UPDATE head SET size = 290"),
        row("a tile's root is edited", "UPDATE tile SET root = zeroblob(32) WHERE level = 0"),
        row("the log's own checkpoint is forged", "UPDATE checkpoint SET note = note || 'x'"));
  }

  private static Arguments row(String name, String... statements) {
    return Arguments.of(name, statements);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("afterTheCheckpoint")
  void open_afterTheCheckpoint_isAltered(String name, String[] statements) throws Exception {
    LogOnDisk log = copy();
    edit(log.database(), statements);
    assertThat(opened(log)).as(name).isInstanceOf(Opening.Altered.class);
  }

  static Stream<Arguments> anywhere() {
    return Stream.of(
        Arguments.of(
            "UPDATE entry SET leaf = CAST(REPLACE(CAST(leaf AS TEXT), 'done', 'refused') AS BLOB)"
                + " WHERE idx = 5",
            new Finding.Altered(5)),
        Arguments.of(
            "UPDATE entry SET hash = zeroblob(32), leaf = x'7b7d' WHERE idx = 5",
            new Finding.Altered(5)),
        Arguments.of("UPDATE entry SET leaf = x'7b7d' WHERE idx = 290", new Finding.Altered(290)),
        Arguments.of("DELETE FROM entry WHERE idx IN (7, 8)", new Finding.Removed(7, 8)),
        Arguments.of(
            "DELETE FROM entry WHERE idx >= 270",
            new Finding.Truncated(270, SIGNED, "the checkpoint kept outside")),
        Arguments.of(
            "DELETE FROM entry WHERE idx >= 290",
            new Finding.Truncated(290, SIZE, "the log's head")),
        Arguments.of(
            "UPDATE personal SET salt = zeroblob(32) WHERE idx = 5",
            new Finding.PersonalAltered(5)),
        Arguments.of(
            "UPDATE entry SET outcome = 'refused' WHERE idx = 5",
            new Finding.Unreadable(5, "the column outcome beside it says otherwise")),
        Arguments.of(
            "UPDATE tile SET root = zeroblob(32) WHERE level = 0", new Finding.TileAltered(1, 0)),
        Arguments.of(
            "UPDATE tile SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB)",
            new Finding.HashAltered(0)));
  }

  @ParameterizedTest
  @MethodSource("anywhere")
  void verifyAll_anywhere_namesTheEntry(String statement, Finding expected) throws Exception {
    LogOnDisk log = copy();
    edit(log.database(), statement);
    assertThat(verify(log))
        .isInstanceOfSatisfying(
            Verdict.Broken.class, broken -> assertThat(broken.findings()).contains(expected));
  }

  @Test
  void open_olderCopyPutBack_isBehind() throws Exception {
    LogOnDisk log = copy();
    Files.delete(log.database());
    Files.copy(original.resolve("older"), log.database());
    assertThat(opened(log)).as("as old as the last checkpoint").isInstanceOf(Opening.Opened.class);

    try (Opened opened = log.open()) {
      opened.ledger().commit(Samples.event(1), List.of());
      opened.ledger().checkpoint(Samples.NOW);
    }
    Files.delete(log.database());
    Files.copy(original.resolve("older"), log.database());
    assertThat(opened(log)).isEqualTo(new Opening.Behind(SIGNED, SIGNED + 1));
  }

  @Test
  void open_databaseGone_isBehind() throws Exception {
    LogOnDisk log = copy();
    Files.delete(log.database());
    assertThat(opened(log)).isEqualTo(new Opening.Behind(0, SIGNED));
  }

  @Test
  void open_headGone_isBehind() throws Exception {
    LogOnDisk log = copy();
    edit(log.database(), "DELETE FROM head");
    assertThat(opened(log)).isEqualTo(new Opening.Behind(0, SIGNED));
  }

  @Test
  void open_nothingKeptOutside_isUnwitnessed() throws Exception {
    LogOnDisk log = copy();
    Files.delete(log.outside.resolve("checkpoint"));
    assertThat(opened(log)).isEqualTo(new Opening.Unwitnessed(SIZE));
  }

  @Test
  void open_checkpointOutsideForged_isAltered() throws Exception {
    LogOnDisk log = copy();
    Path checkpoint = log.outside.resolve("checkpoint");
    Files.writeString(checkpoint, Files.readString(checkpoint).replace("\n280\n", "\n279\n"));
    assertThat(opened(log)).isInstanceOf(Opening.Altered.class);
  }

  @Test
  void open_ownCheckpointsGone_readsTheWholeLog() throws Exception {
    LogOnDisk log = copy();
    edit(log.database(), "DELETE FROM checkpoint");
    assertThat(opened(log)).isInstanceOf(Opening.Opened.class);

    edit(log.database(), "UPDATE entry SET leaf = x'7b7d' WHERE idx = 5");
    assertThat(opened(log))
        .isInstanceOfSatisfying(
            Opening.Altered.class,
            altered -> assertThat(altered.findings()).contains(new Finding.Altered(5)));
  }

  @Test
  void open_fileOverwritten_isAltered() throws Exception {
    LogOnDisk log = copy();
    Files.writeString(log.database(), "not a database, though long enough to look at".repeat(500));
    assertThat(opened(log)).isInstanceOf(Opening.Altered.class);
  }

  @Test
  void open_laterSchema_isRefused() throws Exception {
    LogOnDisk log = copy();
    edit(log.database(), "INSERT INTO schema_version VALUES (99, 0)");
    assertThat(opened(log))
        .isInstanceOfSatisfying(
            Opening.Refused.class, refused -> assertThat(refused.why()).contains("version 99"));
  }
}
