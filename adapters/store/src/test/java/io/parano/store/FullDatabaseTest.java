package io.parano.store;

import static io.parano.store.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Change;
import io.parano.access.Ledger;
import io.parano.access.State;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.store.StoreUnderTest.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that may not grow: SQLite itself says that the disk is full.
class FullDatabaseTest {
  @TempDir Path folder;
  private Path reserve = Path.of("");
  private @Nullable Bounded database;

  @BeforeEach
  void createFiles() throws IOException {
    reserve = Files.createFile(folder.resolve("reserve"));
    database = new Bounded(folder.resolve("parano.db"));
  }

  /// An SQLite database whose size can be bounded while it is in use.
  private static final class Bounded implements Database {
    private final Database sqlite;
    private volatile @Nullable Connection last;
    private volatile boolean full;

    Bounded(Path file) {
      sqlite = new SqliteDatabase(file);
    }

    void bound(boolean bounded) throws SQLException {
      full = bounded;
      Connection connection = last;
      if (connection != null && !connection.isClosed()) {
        apply(connection);
      }
    }

    private void apply(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          // Not below what it has already (sqlite.org/pragma.html#pragma_max_page_count).
          ResultSet row =
              statement.executeQuery("PRAGMA max_page_count = " + (full ? 1 : 1_000_000))) {
        assertThat(row.next()).isTrue();
      }
    }

    @Override
    public Connection writer() throws SQLException {
      Connection connection = sqlite.writer();
      apply(connection);
      last = connection;
      return connection;
    }

    @Override
    public Connection reader() throws SQLException {
      return sqlite.reader();
    }

    @Override
    public void close() {
      sqlite.close();
    }

    @Override
    public String dialect() {
      return sqlite.dialect();
    }

    @Override
    public Fault fault(SQLException failure) {
      return sqlite.fault(failure);
    }
  }

  private Bounded database() {
    Bounded present = database;
    if (present == null) {
      throw new AssertionError("made before each test");
    }
    return present;
  }

  private Opening tryOpen(LogOnDisk log) {
    return log.log().opening().open(() -> {}, database(), reserve, Samples.NOW, List.of());
  }

  private Opened open(LogOnDisk log) {
    return switch (tryOpen(log)) {
      case Opening.NewLog(var ledger, var reader, State state) -> new Opened(ledger, reader, state);
      case Opening.Opened(var ledger, var reader, State state) -> new Opened(ledger, reader, state);
      case Opening other -> throw new AssertionError("the log does not open: " + other);
    };
  }

  /// Refuses to grow, and uses up what room is left inside, down to where the smallest event has no
  /// place.
  private void fill(Ledger ledger) throws SQLException {
    Event smallest = Event.at(Samples.NOW, EventType.PASS, Outcome.DONE).through("");
    database().bound(true);
    for (int i = 0; i < 1_000; i++) {
      try {
        ledger.commit(smallest, List.of());
      } catch (Ledger.Unavailable e) {
        return;
      }
    }
    throw new AssertionError("the database does not fill");
  }

  @Test
  void commit_full_isUnavailableUntilThereIsRoomAndLeavesNoTrace() throws SQLException {
    LogOnDisk log = new LogOnDisk(folder);
    try (Opened opened = open(log)) {
      fill(opened.ledger());
      long size = opened.reader().size();
      assertThatThrownBy(() ->
              opened.ledger().commit(event(1), List.of(new Change.PutPerson(Samples.person(1)))))
          .isInstanceOf(Ledger.Unavailable.class);
      assertThat(opened.reader().size()).isEqualTo(size);
      database().bound(false);
      assertThat(opened.ledger().commit(event(2), List.of()).index()).isEqualTo(size);
    }
    log.assertNotices(Notice.Unwritable.class, Notice.WritableAgain.class);
    try (Opened opened = open(log)) {
      assertThat(opened.state().changes()).isEmpty();
    }
  }

  @Test
  void withdraw_full_comesBeforeWhatIsCommittedLater() throws SQLException {
    Person frozen = Samples.person(1).as(PersonState.FROZEN);
    Person reopened = Samples.person(1);
    LogOnDisk log = new LogOnDisk(folder);
    try (Opened opened = open(log)) {
      fill(opened.ledger());
      opened.ledger().withdraw(Samples.cut(1), List.of(new Change.PutPerson(frozen)));
      database().bound(false);
      opened.ledger().commit(event(1), List.of(new Change.PutPerson(reopened)));
    }
    log.assertNotices(Notice.Unwritable.class, Notice.Reserved.class, Notice.WritableAgain.class);
    try (Opened opened = open(log)) {
      assertThat(opened.state().changes()).containsExactly(new Change.PutPerson(reopened));
    }
  }

  @Test
  void withdraw_fullAndNobodyElseWrites_joinsTheLogAtTheNextStart() throws SQLException {
    Person frozen = Samples.person(1).as(PersonState.FROZEN);
    LogOnDisk log = new LogOnDisk(folder);
    try (Opened opened = open(log)) {
      fill(opened.ledger());
      opened.ledger().withdraw(Samples.cut(1), List.of(new Change.PutPerson(frozen)));
    }
    assertThat(tryOpen(log)).as("still full").isInstanceOf(Opening.Failed.class);
    database().bound(false);
    for (int start = 0; start < 2; start++) {
      try (Opened opened = open(log)) {
        assertThat(opened.state().changes()).containsExactly(new Change.PutPerson(frozen));
        assertThat(opened.reader().newest(List.of(new Criterion.Type(EventType.CUT)), 9))
            .hasSize(1);
      }
    }
  }

  @Test
  void withdraw_reserveFullToo_isKeptInMemoryAndSaidAloud() throws SQLException {
    LogOnDisk log = new LogOnDisk(folder);
    List<Change> cuts = new ArrayList<>();
    try (Opened opened = open(log)) {
      fill(opened.ledger());
      for (int i = 0; i < 3; i++) {
        Change cut = new Change.PutPolicy(i, Samples.digest("p"), "#".repeat(400_000), Samples.NOW);
        cuts.add(cut);
        opened.ledger().withdraw(Samples.cut(i), List.of(cut));
      }
      log.assertNotices(
          Notice.Unwritable.class,
          Notice.Reserved.class,
          Notice.Reserved.class,
          Notice.OnlyInMemory.class);
      database().bound(false);
      opened.ledger().commit(event(1), List.of());
      assertThat(opened.reader().newest(List.of(new Criterion.Type(EventType.CUT)), 9)).hasSize(3);
    }
    assertThat(log.notices).last().isEqualTo(new Notice.WritableAgain(3));
    try (Opened opened = open(log)) {
      assertThat(opened.state().changes()).isEqualTo(Collections.singletonList(cuts.getLast()));
    }
  }

  @Test
  void withdraw_changesThatContradictTheStore_areSaidAloudAndTheActIsRecorded() {
    Person one = Samples.person(1);
    Person two = Samples.person(2);
    Person namesake =
        new Person(
            two.id(),
            one.name(),
            "",
            "",
            two.groups(),
            two.state(),
            false,
            0,
            two.language(),
            two.handle());
    LogOnDisk log = new LogOnDisk(folder);
    try (Opened opened = open(log)) {
      opened.ledger().commit(event(0), List.of(new Change.PutPerson(one)));
      opened.ledger().withdraw(Samples.cut(2), List.of(new Change.PutPerson(namesake)));
      assertThat(opened.reader().size()).isEqualTo(3);
    }
    log.assertNotices(Notice.ChangesRefused.class);
  }
}
