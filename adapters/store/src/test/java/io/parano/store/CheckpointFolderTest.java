package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.CheckedCheckpoint;
import io.parano.audit.CheckpointOutcome;
import io.parano.audit.ProofOutcome;
import io.parano.store.SqlLedger.Checkpointed;
import io.parano.store.StoreUnderTest.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  @TempDir Path folder;

  @Test
  void keep_several_hasTheNewestAndAllOfThem() throws IOException {
    CheckpointFolder kept = CheckpointFolder.at(folder.resolve("a/b"));
    assertThat(kept.newest()).isEmpty();
    kept.keep("one\n", Instant.parse("2026-10-31T23:59:59Z"));
    kept.keep("two\n", Instant.parse("2026-11-01T00:00:00Z"));
    kept.keep("three\n", Instant.parse("2026-11-02T00:00:00Z"));
    assertThat(kept.newest()).contains("three\n");
    assertThat(folder.resolve("a/b/history-2026-10")).hasContent("one\n\n");
    assertThat(folder.resolve("a/b/history-2026-11")).hasContent("two\n\nthree\n\n");
    try (Stream<Path> files = Files.list(folder.resolve("a/b"))) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void checkpoint_logGrew_signsAndKeepsItOutsideOnce() {
    LogOnDisk log = new LogOnDisk(folder);
    try (Opened opened = log.open()) {
      opened.ledger().commit(Samples.event(0), List.of());
      Checkpointed first = opened.ledger().checkpoint(Samples.NOW);
      assertThat(first)
          .isInstanceOfSatisfying(
              Checkpointed.Signed.class,
              signed -> {
                assertThat(signed.size()).isEqualTo(2);
                assertThat(log.outside.resolve("checkpoint")).hasContent(signed.note());
                assertThat(
                        CheckedCheckpoint.open(
                            signed.note(), "test.example/audit", new TestKey().key()))
                    .isInstanceOf(CheckpointOutcome.Genuine.class);
                assertThat(opened.reader().checkpoint()).contains(signed.note());
              });
      assertThat(opened.ledger().checkpoint(Samples.NOW))
          .isInstanceOf(Checkpointed.Unchanged.class);
    }
  }

  @Test
  void checkpoint_outsideCantBeWritten_saysSoAndTriesAgain() throws IOException {
    LogOnDisk log = new LogOnDisk(folder);
    try (Opened opened = log.open()) {
      opened.ledger().commit(Samples.event(0), List.of());
      Path away = folder.resolve("away");
      Files.move(log.outside, away);
      assertThat(opened.ledger().checkpoint(Samples.NOW))
          .isInstanceOf(Checkpointed.NotOutside.class);
      Files.move(away, log.outside);
      assertThat(opened.ledger().checkpoint(Samples.NOW)).isInstanceOf(Checkpointed.Signed.class);
    }
  }

  @Test
  void proof_entryUnderTheCheckpoint_verifiesByItself() {
    try (Opened opened = new LogOnDisk(folder).open()) {
      // The first entry is the log's own.
      for (int i = 1; i < 300; i++) {
        opened.ledger().commit(Samples.event(i), List.of());
      }
      opened.ledger().checkpoint(Samples.NOW);
      opened.ledger().commit(Samples.event(300), List.of());
      assertThat(opened.reader().proof(300)).as("not under the checkpoint yet").isEmpty();
      for (LogEntry entry : opened.reader().before(300, List.of(), 300)) {
        assertThat(
                opened
                    .reader()
                    .proof(entry.index())
                    .orElseThrow()
                    .verify(entry.leaf().copy(), "test.example/audit", new TestKey().key()))
            .isEqualTo(new ProofOutcome.Holds());
      }
    }
  }
}
