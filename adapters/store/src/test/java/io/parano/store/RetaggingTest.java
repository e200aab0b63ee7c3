package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Change;
import io.parano.access.Ledger;
import io.parano.audit.EventType;
import io.parano.audit.Verdict;
import io.parano.kernel.Tagger;
import io.parano.store.RowFinding.Kind;
import io.parano.store.StoreUnderTest.Opened;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A newer tagging key: rows are under one key or the other, whenever the process dies.
class RetaggingTest {
  private static final Tagger OLD = new TestTagger();
  private static final Tagger NEW = new TestTagger("another key, as long as the other");
  private static final Tagger BOTH = new TestTagger("another key, as long as the other", OLD);
  private static final int SESSIONS = 3_000;

  @TempDir Path folder;
  private LogOnDisk log = new LogOnDisk(Path.of(""));

  @BeforeEach
  void write() {
    log = new LogOnDisk(folder);
    try (Opened opened = log.open()) {
      opened.ledger().commit(Samples.event(0), LedgerContract.everyChange());
    }
  }

  private Opening openedUnder(Tagger tagger) {
    log.tagger = tagger;
    return LogCopies.opened(log);
  }

  private List<LogEntry> told(Opened opened) {
    return opened.reader().newest(List.of(new Criterion.Type(EventType.KEYS_CHANGED)), 9);
  }

  @Test
  void retag_runningLog_goesOnUnderTheNewerKeyAlone() {
    try (Opened opened = log.open()) {
      opened.ledger().retag(BOTH, Samples.NOW);
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      opened
          .ledger()
          .commit(Samples.event(1), List.of(new Change.PutSession(Samples.portal(1_000))));
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      assertThat(told(opened)).hasSize(1);
    }
    assertThat(openedUnder(OLD))
        .isEqualTo(new Opening.RowsAltered(List.of(new RowFinding(Kind.HEAD_FORGED, "head", ""))));
    assertThat(openedUnder(NEW)).isInstanceOf(Opening.Opened.class);
    assertThat(openedUnder(BOTH)).isInstanceOf(Opening.Opened.class);
  }

  /// Between the keyset and the rows: the next start does what was to be done.
  @Test
  void open_keysetHasANewerKey_tagsTheRowsAndSaysSo() {
    log.tagger = BOTH;
    try (Opened opened = log.open()) {
      assertThat(opened.state().changes())
          .containsExactlyInAnyOrderElementsOf(LedgerContract.everyChange());
      assertThat(told(opened)).hasSize(1);
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      opened.ledger().checkpoint(Samples.NOW);
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    }
    try (Opened opened = log.open()) {
      assertThat(told(opened)).as("once").hasSize(1);
    }
    assertThat(openedUnder(NEW)).isInstanceOf(Opening.Opened.class);
  }

  /// Whoever has the older key could make rows and head fit it; the log remembers.
  @Test
  void open_rowsPutUnderTheOlderKeyAgain_isRefused() throws Exception {
    LogOnDisk forger = new LogOnDisk(log.directory, log.outside);
    try (Opened opened = log.open()) {
      opened.ledger().retag(BOTH, Samples.NOW);
      opened.ledger().checkpoint(Samples.NOW);
      opened.ledger().retag(OLD, Samples.NOW);
    }
    assertThat(LogCopies.opened(forger)).isInstanceOf(Opening.Opened.class);
    assertThat(openedUnder(BOTH))
        .isEqualTo(new Opening.RowsAltered(List.of(new RowFinding(Kind.HEAD_FORGED, "head", ""))));
  }

  @Test
  void retag_overAForgedRow_isRefusedAndChangesNothing() throws Exception {
    try (Opened opened = log.open()) {
      LogCopies.edit(log.database(), List.of("UPDATE person SET officer = 1 - officer"));
      assertThatThrownBy(() -> opened.ledger().retag(BOTH, Samples.NOW))
          .isInstanceOf(Ledger.Unavailable.class);
      LogCopies.edit(log.database(), List.of("UPDATE person SET officer = 1 - officer"));
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      opened.ledger().retag(BOTH, Samples.NOW);
    }
    assertThat(openedUnder(NEW)).isInstanceOf(Opening.Opened.class);
  }

  /// Killed at a moment that nobody chose, many times: the next start finds rows under one key.
  @Test
  @Tag("slow")
  void retag_processKilled_losesNothing() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Opened opened = log.open()) {
      for (int number = 0; number < SESSIONS; number++) {
        opened
            .ledger()
            .commit(Samples.event(number), List.of(new Change.PutSession(Samples.portal(number))));
      }
    }
    int before = 0;
    for (int round = 0; round < 6; round++) {
      try (Child child = Child.run(Retag.class, folder, round)) {
        assertThat(child.listen(1)).containsExactly("opened");
        child.listen(random.nextInt(3));
        child.kill();
      }
      log.tagger = Retag.tagger(round);
      try (Opened opened = log.open()) {
        assertThat(opened.state().changes()).as("seed %d", seed).hasSizeGreaterThan(SESSIONS);
        assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
        assertThat(told(opened)).as("each once").hasSize(Math.min(9, round + 1));
        assertThat(opened.reader().size()).isGreaterThan(before);
        before = (int) opened.reader().size();
      }
    }
  }

  /// Opens a log under the key of the round before, says so, and tags everything anew; each table
  /// that it has come to is said.
  static final class Retag {
    private Retag() {}

    static Tagger tagger(int round) {
      return new TestTagger("key of round " + round, key(round - 1));
    }

    private static Tagger key(int round) {
      return round < 0 ? new TestTagger() : new TestTagger("key of round " + round);
    }

    public static void main(String[] args) {
      int round = Integer.parseInt(args[1]);
      LogOnDisk log = new LogOnDisk(Path.of(args[0]));
      log.tagger = key(round - 1);
      SqlLedger ledger = log.open().ledger();
      Child.say("opened");
      Thread.ofPlatform()
          .start(() -> {
            for (int number = 0; ; number++) {
              ledger.commit(
                  Samples.event(number), List.of(new Change.PutSession(Samples.portal(number))));
              Child.say("wrote");
            }
          });
      ledger.retag(tagger(round), Samples.NOW);
      Child.say("done");
    }
  }
}
