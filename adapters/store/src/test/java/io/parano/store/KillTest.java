package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Change;
import io.parano.audit.Verdict;
import io.parano.kernel.Digest;
import io.parano.session.Session;
import io.parano.store.StoreUnderTest.Opened;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at any moment: what was acknowledged is there, with its changes, and the log verifies.
@Tag("slow")
class KillTest {
  private static final int ROUNDS = 4;
  private static final int THREADS = 8;

  @TempDir Path folder;

  @Test
  void commit_processKilled_losesNothingAcknowledged() throws Exception {
    LogOnDisk log = new LogOnDisk(folder);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<Long, String> acknowledged = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<String> said = new ArrayList<>();
      try (Child child = Child.run(Committing.class, folder, round * 1_000_000)) {
        said.addAll(child.listen(1 + random.nextInt(1_500)));
        said.addAll(child.kill());
      }
      assertThat(said).as("round %d, seed %d", round, seed).isNotEmpty();
      for (String line : said) {
        String[] words = line.split(" ", -1);
        acknowledged.put(Long.parseLong(words[0]), words[1]);
      }
      check(log, acknowledged);
    }
  }

  private static void check(LogOnDisk log, Map<Long, String> acknowledged) {
    try (Opened opened = log.open()) {
      Map<Long, String> kept = new HashMap<>();
      for (LogEntry entry : opened.reader().newest(List.of(), Integer.MAX_VALUE)) {
        kept.put(entry.index(), entry.read().facts().getOrDefault("number", ""));
      }
      assertThat(kept).containsAllEntriesOf(acknowledged);
      Set<Digest> tokens = new HashSet<>();
      for (Change change : opened.state().changes()) {
        if (change instanceof Change.PutSession(Session session)) {
          tokens.add(session.token());
        }
      }
      assertThat(tokens)
          .containsAll(
              acknowledged.values().stream()
                  .map(number -> Samples.digest("token " + number))
                  .toList());
      opened.ledger().checkpoint(Samples.NOW);
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    }
  }

  /// Commits until it is killed, each entry with a session, and says which were acknowledged.
  static final class Committing {
    private Committing() {}

    public static void main(String[] args) {
      SqlLedger ledger = new LogOnDisk(Path.of(args[0])).open().ledger();
      int first = Integer.parseInt(args[1]);
      for (int thread = 0; thread < THREADS; thread++) {
        int from = first + thread * 100_000;
        Thread.ofPlatform().start(() -> commit(ledger, from));
      }
      Thread.ofPlatform()
          .start(() -> {
            while (true) {
              ledger.checkpoint(Samples.NOW);
            }
          });
    }

    private static void commit(SqlLedger ledger, int from) {
      for (int number = from; ; number++) {
        long index =
            ledger
                .commit(
                    Samples.event(number), List.of(new Change.PutSession(Samples.portal(number))))
                .index();
        Child.say(index + " " + number);
      }
    }
  }
}
