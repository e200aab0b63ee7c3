package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.CheckedCheckpoint;
import io.parano.audit.Checkpoint;
import io.parano.audit.CheckpointOutcome;
import io.parano.audit.CosignedCheckpoint;
import io.parano.audit.CosignedOutcome;
import io.parano.audit.SignedNote;
import io.parano.kernel.Digest;
import io.parano.store.StoreUnderTest.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The start against what a witness has seen: the database and what is kept outside were both put
/// back, so that only the witness can tell.
class WitnessCheckTest {
  @TempDir private Path folder;

  @Test
  void open_everythingPutBack_isBehindTheWitness() throws IOException {
    LogOnDisk log = new LogOnDisk(folder);
    append(log, 5);
    Path database = Files.copy(log.database(), folder.resolve("older.db"));
    Path note = Files.copy(log.outside.resolve("checkpoint"), folder.resolve("older.note"));
    Witnessed seen = append(log, 5);
    Files.delete(log.database());
    Files.copy(database, log.database());
    Files.delete(log.outside.resolve("checkpoint"));
    Files.copy(note, log.outside.resolve("checkpoint"));

    assertThat(opened(log, seen)).isEqualTo(new Opening.BehindWitness("w", 6, 11));
    // Its twin without a witness shows what it is good for.
    assertThat(opened(log)).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void open_untouched_isOpened() {
    LogOnDisk log = new LogOnDisk(folder);
    Witnessed seen = append(log, 5);
    assertThat(opened(log, seen)).isInstanceOf(Opening.Opened.class);
    append(log, 3);
    assertThat(opened(log, seen)).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void open_otherEntriesUnderTheSameKey_isForked() {
    LogOnDisk log = new LogOnDisk(folder);
    append(log, 7);
    LogOnDisk other = new LogOnDisk(folder.resolve("other"));
    try (Opened opened = other.open()) {
      for (int i = 0; i < 5; i++) {
        opened.ledger().commit(Samples.event(100 + i), List.of());
      }
      opened.ledger().checkpoint(Samples.NOW);
    }
    Witnessed elsewhere = newest(other);
    assertThat(opened(log, elsewhere)).isEqualTo(new Opening.Forked("w", 6));
    assertThat(opened(other, elsewhere)).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void open_newLogWhereAWitnessRemembersOne_isBehind() {
    Witnessed seen = append(new LogOnDisk(folder.resolve("first")), 5);
    LogOnDisk fresh = new LogOnDisk(folder.resolve("second"));
    assertThat(opened(fresh, seen)).isEqualTo(new Opening.BehindWitness("w", 0, 6));
    Witnessed nothing =
        new Witnessed(
            "w",
            checked(
                SignedNote.sign(
                    new Checkpoint(new TestKey().name(), 0, Digest.of()).text(), new TestKey())));
    assertThat(opened(fresh, nothing)).isInstanceOf(Opening.NewLog.class);
  }

  @Test
  void cosigned_note_takesThePlaceOfTheOneThatWasNot() throws IOException {
    LogOnDisk log = new LogOnDisk(folder);
    try (Opened opened = log.open()) {
      opened.ledger().commit(Samples.event(1), List.of());
      opened.ledger().checkpoint(Samples.NOW);
      String plain = opened.reader().checkpoint().orElseThrow();
      // Any further line will do: the store does not judge it.
      String stranger = "\u2014 stranger.example AAAAAAA=\n";
      CosignedCheckpoint cosigned = cosigned(plain + stranger);
      assertThat(opened.ledger().cosigned(cosigned, Samples.NOW))
          .isEqualTo(new SqlLedger.Checkpointed.Signed(plain + stranger, 2));
      assertThat(opened.reader().checkpoint()).hasValue(plain + stranger);
      assertThat(Files.readString(log.outside.resolve("checkpoint"))).isEqualTo(plain + stranger);

      opened.ledger().commit(Samples.event(2), List.of());
      opened.ledger().checkpoint(Samples.NOW);
      String newest = opened.reader().checkpoint().orElseThrow();
      assertThat(newest).startsWith(new TestKey().name() + "\n3\n");
      // Comes late: the newest outside stays the newest.
      assertThat(opened.ledger().cosigned(cosigned, Samples.NOW))
          .isInstanceOf(SqlLedger.Checkpointed.Signed.class);
      assertThat(opened.reader().checkpoint()).hasValue(newest);
      assertThat(Files.readString(log.outside.resolve("checkpoint"))).isEqualTo(newest);
    }
    assertThat(opened(log)).isInstanceOf(Opening.Opened.class);
  }

  private static Witnessed append(LogOnDisk log, int entries) {
    try (Opened opened = log.open()) {
      for (int i = 0; i < entries; i++) {
        opened.ledger().commit(Samples.event(i), List.of());
      }
      opened.ledger().checkpoint(Samples.NOW);
    }
    return newest(log);
  }

  private static Witnessed newest(LogOnDisk log) {
    try {
      return new Witnessed("w", checked(Files.readString(log.outside.resolve("checkpoint"))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static CheckedCheckpoint checked(String note) {
    return switch (CheckedCheckpoint.open(note, new TestKey().name(), new TestKey().key())) {
      case CheckpointOutcome.Genuine(var checked) -> checked;
      case CheckpointOutcome.Refused(var why) -> throw new AssertionError(why);
    };
  }

  private static CosignedCheckpoint cosigned(String note) {
    return switch (CosignedCheckpoint.open(note, new TestKey().name(), new TestKey().key())) {
      case CosignedOutcome.Genuine(var cosigned) -> cosigned;
      case CosignedOutcome.Refused(var why) -> throw new AssertionError(why);
    };
  }

  private static Opening opened(LogOnDisk log, Witnessed... seen) {
    Opening opening = log.log().open(Samples.NOW, List.of(seen));
    switch (opening) {
      case Opening.Opened(var ledger, _, _) -> ledger.close();
      case Opening.NewLog(var ledger, _, _) -> ledger.close();
      case Opening.Altered _,
          Opening.RowsAltered _,
          Opening.Behind _,
          Opening.BehindWitness _,
          Opening.Forked _,
          Opening.Unwitnessed _,
          Opening.Refused _,
          Opening.Failed _ -> {}
    }
    return opening;
  }
}
