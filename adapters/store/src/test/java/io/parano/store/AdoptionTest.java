package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Change;
import io.parano.access.State;
import io.parano.audit.EventType;
import io.parano.audit.Finding;
import io.parano.store.RowFinding.Kind;
import io.parano.store.StoreUnderTest.Opened;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that was written before rows had tags is taken over once, and never again.
class AdoptionTest {
  private static final int ENTRIES = 20;

  @TempDir Path folder;
  private LogOnDisk log = new LogOnDisk(Path.of(""));

  /// As an earlier Parano left it: the scripts that it knew, a log without an opening, rows without
  /// tags. Made by the present one, whose first entry and tags are taken away.
  @BeforeEach
  void writeAsBefore() throws Exception {
    log = new LogOnDisk(folder);
    try (Opened opened = log.open()) {
      opened.ledger().commit(Samples.event(0), LedgerContract.everyChange());
      for (int i = 1; i < ENTRIES; i++) {
        opened.ledger().commit(Samples.event(i), List.of());
      }
    }
    State state = stateAt(log);
    LogOnDisk before = new LogOnDisk(folder.resolve("before"));
    OldDatabase.write(before, state, ENTRIES);
    log = before;
  }

  private static State stateAt(LogOnDisk log) throws SQLException {
    try (Connection connection = new SqliteDatabase(log.database()).reader()) {
      return StateReader.read(connection);
    }
  }

  private static List<LogEntry> openings(Opened opened) {
    return opened.reader().newest(List.of(new Criterion.Type(EventType.LOG_OPENED)), 9);
  }

  @Test
  void open_writtenBefore_isAdoptedAndTheLogSaysSo() {
    try (Opened opened = log.open()) {
      assertThat(opened.state().changes())
          .containsExactlyInAnyOrderElementsOf(OldDatabase.known(LedgerContract.everyChange()));
      assertThat(openings(opened))
          .singleElement()
          .satisfies(entry -> {
            assertThat(entry.index()).isEqualTo(ENTRIES);
            assertThat(entry.read().facts()).containsEntry("adopted", Integer.toString(ENTRIES));
          });
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      assertThat(opened.ledger().checkpoint(Samples.NOW))
          .as("it was signed at once")
          .isEqualTo(new SqlLedger.Checkpointed.Unchanged());
    }
    try (Opened opened = log.open()) {
      assertThat(openings(opened)).as("once").hasSize(1);
    }
  }

  @Test
  void open_diedBetweenTagsAndEntry_isAdoptedAllTheSame() throws Exception {
    try (Opened opened = log.open()) {
      assertThat(openings(opened)).hasSize(1);
    }
    LogOnDisk again = new LogOnDisk(folder.resolve("again"));
    OldDatabase.write(again, stateAt(log), ENTRIES);
    try (Connection connection = new SqliteDatabase(again.database()).writer()) {
      Schema.migrate(connection, "sqlite", Samples.NOW);
      Adoption.adopt(
          connection,
          new RowTags(new TestTagger()),
          new TestKey().key(),
          Head.read(connection).orElseThrow(),
          CheckpointFolder.at(again.outside).newest());
    }
    try (Opened opened = again.open()) {
      assertThat(openings(opened)).hasSize(1);
      assertThat(opened.state().changes())
          .hasSize(OldDatabase.known(LedgerContract.everyChange()).size());
    }
  }

  @Test
  void open_adoptedAndStrippedOfItsTags_isRefused() throws Exception {
    log.open().close();
    List<String> strip = new ArrayList<>();
    for (Table table : Table.values()) {
      strip.add("ALTER TABLE " + table.sqlName() + " DROP COLUMN tag");
    }
    strip.add("ALTER TABLE head DROP COLUMN tag");
    strip.add("ALTER TABLE head DROP COLUMN sets");
    strip.add("DELETE FROM schema_version WHERE version = 4");
    assertThat(LogCopies.opened(log)).isInstanceOf(Opening.Opened.class);
    LogCopies.edit(log.database(), strip);
    assertThat(LogCopies.opened(log))
        .isEqualTo(new Opening.RowsAltered(List.of(new RowFinding(Kind.HEAD_FORGED, "head", ""))));
  }

  @Test
  void open_logEditedBehindItsCheckpoint_isNotAdopted() throws Exception {
    LogCopies.edit(log.database(), List.of("UPDATE entry SET leaf = x'7b7d' WHERE idx = 3"));
    assertThat(LogCopies.opened(log))
        .isInstanceOfSatisfying(
            Opening.Altered.class,
            altered -> assertThat(altered.findings()).contains(new Finding.Altered(3)));
  }

  @Test
  void open_nothingKeptOutside_isNotAdopted() throws Exception {
    Path kept = log.outside.resolve("checkpoint");
    Path aside = Files.move(kept, folder.resolve("aside"));
    assertThat(LogCopies.opened(log)).isInstanceOf(Opening.Unwitnessed.class);
    Files.move(aside, kept);
    assertThat(LogCopies.opened(log)).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void open_beganAndDiedAtOnce_opensUnlessRowsStandInIt() throws Exception {
    LogOnDisk empty = new LogOnDisk(folder.resolve("empty"));
    OldDatabase.write(empty, new State(List.of(), java.util.Map.of()), 0);
    Path aside = Files.copy(empty.database(), folder.resolve("empty.db"));
    try (Opened opened = empty.open()) {
      assertThat(openings(opened)).hasSize(1);
      assertThat(opened.reader().size()).isEqualTo(1);
    }
    LogOnDisk slipped = new LogOnDisk(folder.resolve("slipped"));
    OldDatabase.write(slipped, new State(List.of(), java.util.Map.of()), 0);
    assertThat(Files.mismatch(aside, slipped.database())).isNotEqualTo(0);
    LogCopies.edit(
        slipped.database(), List.of("INSERT INTO everybody (id, epoch, closed) VALUES (1, 0, 0)"));
    assertThat(LogCopies.opened(slipped)).isInstanceOf(Opening.RowsAltered.class);
  }

  @Test
  void open_newLog_beginsByItsOpening() {
    LogOnDisk fresh = new LogOnDisk(folder.resolve("fresh"));
    try (Opened opened = fresh.open()) {
      opened.ledger().commit(Samples.event(1), List.of(new Change.PutPerson(Samples.person(1))));
      assertThat(openings(opened)).extracting(LogEntry::index).containsExactly(0L);
    }
  }
}
