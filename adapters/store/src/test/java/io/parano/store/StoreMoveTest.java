package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.Change;
import io.parano.audit.EventType;
import io.parano.audit.Verdict;
import io.parano.store.StoreMove.Outcome;
import io.parano.store.StoreMove.Step;
import io.parano.store.StoreUnderTest.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A log goes from SQLite to a real PostgreSQL and back, whatever happens on the way.
@Tag("slow")
class StoreMoveTest {
  /// More than a full tile.
  private static final int ENTRIES = 300;

  private static final Instant NOW = Samples.NOW;
  private static Optional<PostgresServer> server = Optional.empty();

  @TempDir Path folder;
  private @Nullable PostgresAddress address;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void endServer() throws Exception {
    if (server.isPresent()) {
      server.get().end();
    }
  }

  @BeforeEach
  void writeInSqlite() throws Exception {
    assumeTrue(server.isPresent(), "PostgreSQL is not installed");
    address = server.orElseThrow().database();
    try (Opened opened = file().open()) {
      for (int i = 1; i < ENTRIES; i++) {
        opened.ledger().commit(Samples.event(i), List.of());
      }
      opened.ledger().commit(Samples.event(0), LedgerContract.everyChange());
      opened.ledger().checkpoint(NOW);
    }
  }

  private PostgresAddress address() {
    PostgresAddress made = address;
    if (made == null) {
      throw new AssertionError("made before each test");
    }
    return made;
  }

  private LogOnDisk file() {
    return new LogOnDisk(folder);
  }

  private LogInPostgres postgres() {
    return new LogInPostgres(folder, address());
  }

  /// What a test does when a step is reached.
  private interface At {
    void reached(Step step) throws Exception;
  }

  private StoreMove toPostgres(At at) throws IOException {
    return move(folder, address(), true, at);
  }

  private StoreMove toSqlite() throws IOException {
    return move(folder, address(), false, step -> {});
  }

  private static StoreMove move(Path folder, PostgresAddress address, boolean there, At at)
      throws IOException {
    StorePlace file = new StorePlace.File(folder.resolve("log"));
    StorePlace database = new StorePlace.Postgres(address);
    return new StoreMove(
        folder.resolve("log"),
        there ? file : database,
        there ? database : file,
        CheckpointFolder.at(folder.resolve("outside")),
        new TestKey(),
        new TestTagger(),
        bytes -> {},
        new StoreMove.Progress() {
          @Override
          public void copied(String table, long rows) {}

          @Override
          public void reached(Step step) {
            try {
              at.reached(step);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
        });
  }

  private static void assertDone(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  /// That store has everything, and goes on.
  private static void assertServes(StoreUnderTest store) throws IOException {
    try (Opened opened = store.open()) {
      assertThat(opened.state().changes())
          .containsExactlyInAnyOrderElementsOf(LedgerContract.everyChange());
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      opened.ledger().commit(Samples.event(1), List.of());
      opened.ledger().checkpoint(NOW);
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    }
  }

  private static boolean serves(StoreUnderTest store) {
    Opening opening = store.tryOpen();
    switch (opening) {
      case Opening.Opened(var ledger, _, _) -> ledger.close();
      case Opening.NewLog(var ledger, _, _) -> {
        ledger.close();
        throw new AssertionError("a log was begun where one was to come");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @Test
  void run_thereAndBackAndThereAgain_keepsEverythingAndServesInOnePlace() throws Exception {
    assertDone(toPostgres(step -> {}).run(NOW));
    assertThat(file().tryOpen())
        .isEqualTo(
            new Opening.Refused(
                "the log was moved to %s: it is served from there".formatted(address().url())));
    assertServes(postgres());
    try (Opened opened = postgres().open()) {
      assertThat(
              opened.reader().newest(List.of(new Criterion.Type(EventType.STORE_MOVED)), 9).stream()
                  .map(entry -> entry.read().facts().get("step")))
          .containsExactly("arrived", "leaving");
    }

    assertDone(toSqlite().run(NOW));
    assertThat(serves(postgres())).isFalse();
    assertServes(file());

    assertDone(toPostgres(step -> {}).run(NOW));
    assertThat(serves(file())).isFalse();
    assertServes(postgres());
  }

  @Test
  void run_oncemoreWhenItIsThere_changesNothing() throws Exception {
    assertDone(toPostgres(step -> {}).run(NOW));
    assertServes(postgres());
    List<Step> steps = new ArrayList<>();
    assertDone(toPostgres(steps::add).run(NOW));
    assertThat(steps).containsExactly(Step.RECORDED);
    assertServes(postgres());
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void run_killedAtAnyStep_servesInAtMostOnePlaceAndIsFinishedByTheNext(Step step)
      throws Exception {
    for (boolean there : List.of(true, false)) {
      StoreUnderTest from = there ? file() : postgres();
      StoreUnderTest to = there ? postgres() : file();
      try (Child child = Child.run(Moving.class, folder, address().url(), there, step)) {
        assertThat(child.listen(1)).containsExactly(step.name());
        child.kill();
      }
      boolean here = serves(from);
      boolean over = serves(to);
      assertThat(here).as("in the source").isEqualTo(step.compareTo(Step.LEFT) < 0);
      assertThat(over).as("in the target").isEqualTo(step.compareTo(Step.THERE) >= 0);
      assertDone(move(folder, address(), there, reached -> {}).run(NOW));
      assertThat(serves(from)).isFalse();
      assertServes(to);
    }
  }

  /// Moves until it reaches a step, says so, and waits to be killed.
  static final class Moving {
    private Moving() {}

    public static void main(String[] args) throws IOException {
      PostgresAddress address =
          new PostgresAddress(args[1], "parano", io.parano.kernel.Secret.ofText("trusted"), null);
      Step last = Step.valueOf(args[3]);
      var _ =
          move(
                  Path.of(args[0]),
                  address,
                  Boolean.parseBoolean(args[2]),
                  step -> {
                    if (step == last) {
                      Child.say(step.name());
                      Thread.sleep(Long.MAX_VALUE);
                    }
                  })
              .run(NOW);
    }
  }

  /// It serves on where it was, erases somebody, and is moved later all the same.
  @Test
  void run_interruptedAndServedMeanwhile_bringsWhatChanged() throws Exception {
    try (Child child = Child.run(Moving.class, folder, address().url(), true, Step.COPIED)) {
      assertThat(child.listen(1)).hasSize(1);
      child.kill();
    }
    try (Opened opened = file().open()) {
      opened
          .ledger()
          .commit(
              Samples.event(7),
              List.of(
                  new Change.ErasePersonal(Samples.personId(1)),
                  new Change.EndSession(Samples.host(1, Samples.portal(1)).id())));
    }
    assertDone(toPostgres(step -> {}).run(NOW));
    try (Opened opened = postgres().open()) {
      assertThat(opened.state().changes()).hasSize(LedgerContract.everyChange().size() - 1);
      assertThat(opened.reader().newest(List.of(new Criterion.About(Samples.personId(1))), 9))
          .isEmpty();
      assertThat(opened.reader().newest(List.of(new Criterion.About(Samples.personId(2))), 9))
          .isNotEmpty();
    }
  }

  @Test
  void run_serverWorksWithIt_isRefusedAndNothingIsDone() throws Exception {
    try (Opened opened = file().open()) {
      assertThat(toPostgres(step -> {}).run(NOW))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> assertThat(refused.why()).contains("another server (process"));
      opened.ledger().commit(Samples.event(1), List.of());
    }
    assertServes(file());
  }

  @Test
  void run_anotherLogIsThere_isRefusedAndAnEmptyDatabaseIsNot() throws Exception {
    new LogInPostgres(folder.resolve("other"), address()).open().close();
    assertThat(toPostgres(step -> {}).run(NOW))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.why()).contains("expected an empty database"));
    assertThat(serves(file())).isTrue();
    address = server.orElseThrow().database();
    assertDone(toPostgres(step -> {}).run(NOW));
  }

  /// Each is done to the target just before it is read as a whole.
  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "UPDATE person SET officer = 1 - officer",
        "DELETE FROM cut_network",
        "UPDATE entry SET resource = 'x' WHERE idx = 5",
        "DELETE FROM entry WHERE idx = 5",
        "UPDATE personal SET about = NULL WHERE idx = 5",
        "UPDATE tile SET root = hashes",
        "DELETE FROM checkpoint"
      })
  void run_targetAltered_isDifferentAndTheSourceServes(String sql) throws Exception {
    Outcome outcome =
        toPostgres(
                step -> {
                  if (step == Step.COPIED) {
                    PostgresServer.edit(address(), sql);
                  }
                })
            .run(NOW);
    assertThat(outcome).isInstanceOf(Outcome.Different.class);
    assertThat(serves(postgres())).isFalse();
    assertServes(file());
    assertDone(toPostgres(step -> {}).run(NOW));
    assertServes(postgres());
  }

  @Test
  void run_sourceAltered_isShutAndItsTwinMoves() throws Exception {
    LogCopies.edit(file().database(), List.of("UPDATE person SET officer = 1 - officer"));
    assertThat(toPostgres(step -> {}).run(NOW))
        .isInstanceOfSatisfying(
            Outcome.Shut.class,
            shut -> assertThat(shut.why()).isInstanceOf(Opening.RowsAltered.class));
    LogCopies.edit(file().database(), List.of("UPDATE person SET officer = 1 - officer"));
    assertDone(toPostgres(step -> {}).run(NOW));
  }

  @Test
  void open_sourceRevivedAfterwards_isBehind() throws Exception {
    Path kept = folder.resolve("kept.db");
    assertDone(
        toPostgres(
                step -> {
                  if (step == Step.ANNOUNCED) {
                    Files.copy(file().database(), kept);
                  }
                })
            .run(NOW));
    Files.copy(kept, file().database(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(file().tryOpen()).isInstanceOf(Opening.Behind.class);
    assertServes(postgres());
  }

  /// The mark of having left can't be turned into anything else by whoever writes the database, and
  /// neither is it lost.
  @Test
  void open_markOfLeavingForged_isAlteredAndItsTwinSaysWhere() throws Exception {
    StoreMove interrupted =
        toPostgres(step -> {
          if (step == Step.LEFT) {
            throw new IOException("the power failed");
          }
        });
    assertThatThrownBy(() -> interrupted.run(NOW)).hasRootCauseMessage("the power failed");
    edit("UPDATE head SET writer = writer + 1");
    assertThat(file().tryOpen()).isInstanceOf(Opening.RowsAltered.class);
    edit("UPDATE head SET writer = writer - 1");
    assertThat(file().tryOpen())
        .isEqualTo(
            new Opening.Refused(
                "the log was moved to %s: it is served from there".formatted(address().url())));
    assertDone(toPostgres(step -> {}).run(NOW));
    assertServes(postgres());
  }

  private void edit(String sql) throws SQLException {
    LogCopies.edit(file().database(), List.of(sql));
  }
}
