package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.Change;
import io.parano.access.Ledger;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.audit.Verdict;
import io.parano.identity.PersonState;
import io.parano.kernel.Secret;
import io.parano.store.RowFinding.Kind;
import io.parano.store.StoreUnderTest.Opened;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same contract as SQLite's, against a real server, and what only a server can do: end, and be
/// worked with by somebody else.
@Tag("slow")
class PostgresLedgerTest implements LedgerContract {
  private static Optional<PostgresServer> server = Optional.empty();

  @TempDir Path folder;
  private @Nullable LogInPostgres log;

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
  void makeDatabase() throws Exception {
    assumeTrue(server.isPresent(), "PostgreSQL is not installed");
    log = new LogInPostgres(folder, server.orElseThrow().database());
  }

  @Override
  public StoreUnderTest store() {
    return log();
  }

  private LogInPostgres log() {
    LogInPostgres present = log;
    if (present == null) {
      throw new AssertionError("made before each test");
    }
    return present;
  }

  @Test
  void open_fromAnotherMachine_isRefusedWhileTheFirstServes() {
    LogInPostgres elsewhere = new LogInPostgres(folder.resolve("elsewhere"), log().address);
    try (Opened opened = log().open()) {
      assertThat(elsewhere.tryOpen())
          .isInstanceOfSatisfying(
              Opening.Refused.class,
              refused -> assertThat(refused.why()).contains("another server works with"));
      opened.ledger().checkpoint(Samples.NOW);
    }
    assertThat(elsewhere.tryOpen())
        .as("free, but without the checkpoints that are kept outside it is not served")
        .isInstanceOf(Opening.Unwitnessed.class);
    log().open().close();
  }

  @Test
  void commit_serverKilled_isUnavailableUntilItIsBackAndLosesNothing() throws Exception {
    try (Opened opened = log().open()) {
      long kept =
          opened
              .ledger()
              .commit(Samples.event(1), List.of(new Change.PutPerson(Samples.person(1))))
              .index();
      server.orElseThrow().kill();
      assertThatThrownBy(() -> opened.ledger().commit(Samples.event(2), List.of()))
          .isInstanceOf(Ledger.Unavailable.class);
      opened
          .ledger()
          .withdraw(
              Samples.cut(1),
              List.of(new Change.PutPerson(Samples.person(1).as(PersonState.FROZEN))));
      assertThat(opened.ledger().checkRows()).isInstanceOf(SqlLedger.RowsChecked.Failed.class);

      server.orElseThrow().begin();
      assertThat(opened.ledger().commit(Samples.event(3), List.of()).index())
          .as("after the cut, which waited in the reserve")
          .isEqualTo(kept + 2);
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      opened.ledger().checkpoint(Samples.NOW);
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    }
    try (Opened opened = log().open()) {
      assertThat(opened.state().changes())
          .containsExactly(new Change.PutPerson(Samples.person(1).as(PersonState.FROZEN)));
    }
  }

  @Test
  void withdraw_tablespaceFull_waitsInTheReserveUntilThereIsRoom() throws Exception {
    PostgresServer own = PostgresServer.start().orElseThrow();
    try {
      Optional<PostgresAddress> small = own.smallDatabase();
      if (small.isEmpty()) {
        System.out.println("NOT RUN: a full tablespace, since only root can mount a small tmpfs");
      }
      assumeTrue(small.isPresent(), "only root can mount a small tmpfs");
      withdrawWhileFull(own.disk().resolve("filler"), small.orElseThrow());
    } finally {
      own.end();
    }
  }

  private void withdrawWhileFull(Path filler, PostgresAddress address) throws IOException {
    LogInPostgres full = new LogInPostgres(folder.resolve("full"), address);
    try (Opened opened = full.open()) {
      Files.createFile(filler);
      fill(filler);
      long size = fill(opened.ledger());
      opened
          .ledger()
          .withdraw(
              Samples.cut(1),
              List.of(new Change.PutPerson(Samples.person(1).as(PersonState.FROZEN))));
      assertThat(full.notices).last().isInstanceOf(Notice.Reserved.class);
      Files.delete(filler);
      assertThat(opened.ledger().commit(Samples.event(2), List.of()).index())
          .as("after the cut")
          .isEqualTo(size + 1);
      opened.ledger().checkpoint(Samples.NOW);
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
    }
  }

  private static void fill(Path filler) throws IOException {
    try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.WRITE)) {
      while (channel.write(ByteBuffer.allocate(4096)) > 0) {}
    } catch (IOException e) {
      // Full.
    }
  }

  /// Uses up what room its files have inside.
  ///
  /// @return the log's size
  private static long fill(Ledger ledger) {
    // Its own opening.
    long size = 1;
    for (int i = 0; i < 100_000; i++) {
      try {
        size = ledger.commit(Samples.event(i), List.of()).index() + 1;
      } catch (Ledger.Unavailable e) {
        return size;
      }
    }
    throw new AssertionError("the tablespace does not fill");
  }

  @Test
  void commit_connectionsEnded_goesOn() throws Exception {
    try (Opened opened = log().open()) {
      long kept = opened.ledger().commit(Samples.event(1), List.of()).index();
      PostgresServer.edit(
          log().address,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
      assertThatThrownBy(() -> opened.ledger().commit(Samples.event(2), List.of()))
          .isInstanceOf(Ledger.Unavailable.class);
      assertThat(opened.ledger().commit(Samples.event(3), List.of()).index()).isEqualTo(kept + 1);
    }
  }

  /// The lock went with its connection; the number in the head stands in its place.
  @Test
  void commit_anotherServerTookOver_isUnavailable() throws Exception {
    try (Opened first = log().open()) {
      first.ledger().checkpoint(Samples.NOW);
      PostgresServer.edit(
          log().address,
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
      LogOpening other =
          new LogOpening(
              CheckpointFolder.at(folder.resolve("outside")),
              new TestKey(),
              new RowTags(new TestTagger()),
              bytes -> {},
              notice -> {});
      Opening opening =
          other.open(
              () -> {},
              new PostgresDatabase(log().address),
              Files.createFile(folder.resolve("reserve")),
              Samples.NOW,
              List.of());
      assertThat(opening)
          .isInstanceOfSatisfying(
              Opening.Opened.class,
              second -> {
                assertThatThrownBy(() -> first.ledger().commit(Samples.event(1), List.of()))
                    .isInstanceOf(Ledger.Unavailable.class);
                assertThat(first.ledger().checkRows())
                    .isInstanceOf(SqlLedger.RowsChecked.Altered.class);
                assertThat(second.ledger().commit(Samples.event(2), List.of()).index())
                    .isEqualTo(1);
                second.ledger().close();
              });
    }
  }

  @Test
  void open_rowForged_isRefusedAndItsTwinOpens() throws Exception {
    try (Opened opened = log().open()) {
      opened.ledger().commit(Samples.event(1), LedgerContract.everyChange());
    }
    log().open().close();
    PostgresServer.edit(log().address, "UPDATE person SET officer = 1 - officer");
    assertThat(log().tryOpen())
        .isInstanceOfSatisfying(
            Opening.RowsAltered.class,
            altered ->
                assertThat(altered.findings())
                    .extracting(RowFinding::kind)
                    .containsExactly(Kind.ROW_FORGED));
    PostgresServer.edit(log().address, "UPDATE person SET officer = 1 - officer");
    log().open().close();
    PostgresServer.edit(log().address, "DELETE FROM cut_network");
    assertThat(log().tryOpen())
        .isEqualTo(
            new Opening.RowsAltered(List.of(new RowFinding(Kind.ROWS_MISSING, "cut_network", ""))));
    PostgresServer.edit(log().address, "DROP TABLE otp_use");
    assertThat(log().tryOpen()).isInstanceOf(Opening.RowsAltered.class);
  }

  /// Where a driver takes an answer whole, a server with many sessions ends at its start for want
  /// of memory. The server of the database logs each time somebody comes for more rows.
  @Test
  void open_manyRows_fetchesThemAThousandAtATime() throws Exception {
    try (Opened opened = log().open()) {
      opened
          .ledger()
          .commit(
              Samples.event(1),
              IntStream.range(0, 2_500)
                  .<Change>mapToObj(number -> new Change.PutPerson(Samples.person(number)))
                  .toList());
    }
    String name = log().address.url().replaceFirst(".*/", "");
    PostgresServer.edit(
        log().address, "ALTER DATABASE " + name + " SET log_min_duration_statement = 0");
    try (Opened opened = log().open()) {
      assertThat(opened.state().changes())
          .filteredOn(Change.PutPerson.class::isInstance)
          .hasSize(2_500);
    }
    assertThat(server.orElseThrow().logged("execute fetch from", "SELECT * FROM person"))
        .as("after the first thousand")
        .hasSize(2);
    assertThat(server.orElseThrow().logged("execute fetch from", "FROM policy"))
        .as("one row needs no second look")
        .isEmpty();
  }

  @Test
  void commit_zeroInWhatOutsidersSay_isKept() {
    Event odd = Event.at(Samples.NOW, EventType.PASS, Outcome.REFUSED).on("https://a/\0b");
    try (Opened opened = log().open()) {
      long index = opened.ledger().commit(odd, List.of()).index();
      assertThat(opened.reader().newest(List.of(), 1).getFirst().index()).isEqualTo(index);
      opened.ledger().checkpoint(Samples.NOW);
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    }
  }

  @Test
  void open_serverThatDoesNotKeep_isRefused() throws Exception {
    PostgresServer.edit(log().address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()");
    server.orElseThrow().kill();
    server.orElseThrow().begin();
    assertThat(log().tryOpen())
        .isInstanceOfSatisfying(
            Opening.Refused.class, refused -> assertThat(refused.why()).contains("fsync"));
    PostgresServer.edit(log().address, "ALTER SYSTEM RESET fsync");
    server.orElseThrow().kill();
    server.orElseThrow().begin();
    log().open().close();
  }

  @Test
  void reader_givenBack_isTakenAgainUntilTheServerEndsIt() throws Exception {
    try (PostgresDatabase database = new PostgresDatabase(log().address)) {
      long first = backend(database);
      assertThat(backend(database)).isEqualTo(first);
      try (Connection one = database.reader();
          Connection other = database.reader()) {
        assertThat(backend(one)).isEqualTo(first).isNotEqualTo(backend(other));
        one.setAutoCommit(false);
      }
      try (Connection again = database.reader()) {
        assertThat(again.getAutoCommit()).as("as if it were new").isTrue();
      }
      server.orElseThrow().kill();
      server.orElseThrow().begin();
      assertThat(backend(database)).isPositive();
    }
  }

  private static long backend(PostgresDatabase database) throws SQLException {
    try (Connection connection = database.reader()) {
      return backend(connection);
    }
  }

  private static long backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void objection_urls_areOfOneForm() {
    assertThat(PostgresAddress.objection("jdbc:postgresql://db.example:5432/parano")).isEmpty();
    for (String wrong :
        List.of(
            "postgresql://db.example/parano",
            "jdbc:sqlite:parano.db",
            "jdbc:postgresql://db.example/",
            "jdbc:postgresql://db.example/parano?sslmode=disable",
            "jdbc:postgresql://me:secret@db.example/parano",
            "jdbc:postgresql://one,two/parano")) {
      assertThat(PostgresAddress.objection(wrong)).as(wrong).contains("expected");
    }
  }

  @Test
  void properties_offThisMachine_demandTheServersCertificate() {
    for (String here : List.of("127.0.0.1", "[::1]")) {
      assertThat(address(here).properties()).containsEntry("sslmode", "prefer");
    }
    for (String elsewhere : List.of("db.example", "localhost", "192.0.2.7")) {
      assertThat(address(elsewhere).properties())
          .as(elsewhere)
          .containsEntry("sslmode", "verify-full");
    }
  }

  private static PostgresAddress address(String host) {
    return new PostgresAddress(
        "jdbc:postgresql://" + host + "/parano", "parano", Secret.ofText("x"), null);
  }
}
