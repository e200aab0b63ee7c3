package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Change;
import io.parano.access.State;
import io.parano.audit.EventType;
import io.parano.audit.Verdict;
import io.parano.store.RowFinding.Kind;
import io.parano.store.StoreUnderTest.Opened;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A database of an earlier Parano, whose tags are over fewer tables and columns, is carried over
/// at its first start under a later one. The present program plays the later one; the earlier one
/// knew no enclosures, and neither people's generation nor when a session was seen.
class UpgradeTest {
  private static final Layout LATER = new Layout(9, Set.of(), List.of());
  private static final Layout EARLIER =
      new Layout(
          Layout.FIRST,
          Set.of(Table.ENCLOSURE),
          List.of(
              new Layout.Column(9, Table.PERSON, "generation", Samples.person(1).generation()),
              new Layout.Column(9, Table.SESSION, "seen_at", null)));
  private static final RowTags TAGS = new RowTags(new TestTagger(), List.of(LATER, EARLIER));
  private static final int CHANGES_IN_SCHEMA_4 = 34;
  private static final String ENCLOSURE =
      "INSERT INTO enclosure (act, sealed, tag) VALUES (x'"
          + "ab".repeat(16)
          + "', x'00', (SELECT tag FROM policy))";

  @TempDir static Path original;
  @TempDir Path folder;

  @BeforeAll
  static void writeAsBefore() throws Exception {
    LogOnDisk log = new LogOnDisk(original);
    try (Opened opened = new LogOnDisk(original).open()) {
      opened.ledger().commit(Samples.event(1), changes());
      opened.ledger().checkpoint(Samples.NOW);
    }
    try (Connection connection = new SqliteDatabase(log.database()).writer()) {
      tagAsBefore(connection, TAGS, EARLIER);
      connection.commit();
    }
  }

  /// All that the earlier program could have written.
  private static List<Change> changes() {
    return LedgerContract.everyChange().stream()
        .filter(change -> !(change instanceof Change.PutEnclosure))
        .filter(change ->
            !(Write.of(change).sql().effect() instanceof Effect.Put(Table table, var rising))
                || table.since() == Layout.FIRST)
        .toList();
  }

  /// Puts tags and head of a log that lies under the present layout under an earlier one.
  static void tagAsBefore(Connection connection, RowTags tags, Layout earlier) throws SQLException {
    RowSets sets = RowSets.empty();
    for (Table table : earlier.tables()) {
      for (StoredRow row : rows(connection, table)) {
        byte[] tag = tags.row(earlier, table, row.values(table, earlier));
        try (PreparedStatement retag = connection.prepareStatement(table.retag())) {
          List<@Nullable Object> values = new ArrayList<>();
          values.add(tag);
          values.addAll(row.values().subList(0, table.key().size()));
          Rows.set(retag, values);
          assertThat(retag.executeUpdate()).isEqualTo(1);
        }
        sets.add(table, tags.element(table, tag));
      }
    }
    ByteBuffer sealed = ByteBuffer.allocate(40 * earlier.tables().size());
    for (Table table : earlier.tables()) {
      RowSets.Seal seal = sets.seal(table, tags);
      sealed.putLong(seal.count()).put(seal.tag().copy());
    }
    Head head = Head.read(connection).orElseThrow();
    try (PreparedStatement bind =
        connection.prepareStatement("UPDATE head SET sets = ?, tag = ?")) {
      bind.setBytes(1, sealed.array());
      bind.setBytes(2, tags.head(earlier, head.writer(), head.frontier(), sealed.array()));
      bind.executeUpdate();
    }
  }

  private static List<StoredRow> rows(Connection connection, Table table) throws SQLException {
    List<StoredRow> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(table.all())) {
      while (row.next()) {
        rows.add(StoredRow.read(table, row));
      }
    }
    return rows;
  }

  private LogOnDisk copy() {
    return LogCopies.copy(new LogOnDisk(original), folder);
  }

  private static Opening tryOpen(LogOnDisk log) throws IOException {
    Path reserve = log.directory.resolve("reserve");
    if (!Files.exists(reserve)) {
      Files.createFile(reserve);
    }
    return new LogOpening(
            CheckpointFolder.at(log.outside), new TestKey(), TAGS, bytes -> {}, notice -> {})
        .open(() -> {}, new SqliteDatabase(log.database()), reserve, Samples.NOW, List.of());
  }

  private static Opening opened(LogOnDisk log) throws IOException {
    Opening opening = tryOpen(log);
    if (opening instanceof Opening.Opened(var ledger, _, _)) {
      ledger.close();
    }
    return opening;
  }

  private static Opened open(LogOnDisk log) throws IOException {
    if (tryOpen(log) instanceof Opening.Opened(var ledger, var reader, State state)) {
      return new Opened(ledger, reader, state);
    }
    throw new AssertionError("the log does not open");
  }

  private static List<LogEntry> openings(Opened opened) {
    return opened.reader().newest(List.of(new Criterion.Type(EventType.LOG_OPENED)), 9);
  }

  @Test
  void open_earlierLayout_isCarriedOverOnceAndTheLogSaysSo() throws Exception {
    LogOnDisk log = copy();
    try (Opened opened = open(log)) {
      assertThat(opened.state().changes()).containsExactlyInAnyOrderElementsOf(changes());
      assertThat(openings(opened)).hasSize(2);
      assertThat(openings(opened).getFirst().read().facts())
          .containsEntry("upgraded", "4")
          .containsEntry("layout", "9");
      assertThat(opened.ledger().checkpoint(Samples.NOW))
          .as("it was signed at once")
          .isEqualTo(new SqlLedger.Checkpointed.Unchanged());
      opened
          .ledger()
          .commit(
              Samples.event(2),
              List.of(new Change.PutEnclosure(Samples.enrolment(1).act(), Samples.bytes(8, 50))));
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
    }
    try (Opened opened = open(log)) {
      assertThat(openings(opened)).as("once").hasSize(2);
      assertThat(opened.state().changes()).hasSize(changes().size() + 1);
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    }
  }

  @Test
  void open_diedBetweenTagsAndEntry_isCarriedOverAllTheSame() throws Exception {
    LogOnDisk log = copy();
    try (Connection connection = new SqliteDatabase(log.database()).writer()) {
      Head head = Head.read(connection).orElseThrow();
      assertThat(Upgrade.carryOver(connection, TAGS, head, EARLIER))
          .isInstanceOf(Upgrade.Upgraded.Carried.class);
      assertThat(TAGS.layout(Head.read(connection).orElseThrow())).contains(EARLIER);
    }
    try (Opened opened = open(log)) {
      assertThat(opened.state().changes()).containsExactlyInAnyOrderElementsOf(changes());
      assertThat(openings(opened)).hasSize(2);
    }
  }

  /// Not written by the present program, but kept from then.
  @Test
  void open_asSchema4LeftIt_opensWithAllOfIt() throws Exception {
    LogOnDisk log = new LogOnDisk(folder);
    Files.createDirectory(
        log.directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    CheckpointFolder.at(log.outside).keep(resource("schema-0004.checkpoint"), Samples.NOW);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + log.database());
        Statement statement = connection.createStatement()) {
      for (String sql : resource("schema-0004.sql").split(";\n", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
    boolean later = Layout.known().getFirst().version() > Layout.FIRST;
    try (Opened opened = log.open()) {
      assertThat(opened.state().changes()).hasSize(CHANGES_IN_SCHEMA_4);
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      assertThat(openings(opened)).hasSize(later ? 2 : 1);
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(UpgradeTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Arguments attack(String name, Kind kind, String table, String... statements) {
    return Arguments.of(name, kind, table, List.of(statements));
  }

  /// On the earlier database, just before the later program first opens it.
  static Stream<Arguments> before() {
    return Stream.of(
        attack("a row in a table that is new", Kind.ROW_FORGED, "enclosure", ENCLOSURE),
        attack("no table that is new", Kind.TABLE_GONE, "enclosure", "DROP TABLE enclosure"),
        attack(
            "a new column that begins otherwise",
            Kind.ROW_FORGED,
            "person",
            "UPDATE person SET generation = generation + 1"),
        attack(
            "a new column that begins with something",
            Kind.ROW_FORGED,
            "session",
            "UPDATE session SET seen_at = 1 WHERE parent IS NULL"),
        attack(
            "an officer appointed",
            Kind.ROW_FORGED,
            "person",
            "UPDATE person SET officer = 1 - officer"),
        attack("a row without its tag", Kind.ROW_FORGED, "person", "UPDATE person SET tag = NULL"),
        attack(
            "a row of a table that stays as it was",
            Kind.ROW_FORGED,
            "everybody",
            "UPDATE everybody SET closed = 1 - closed"),
        attack(
            "a row less",
            Kind.ROWS_MISSING,
            "session",
            "DELETE FROM session WHERE parent IS NOT NULL"),
        attack(
            "a row less where nothing changes",
            Kind.ROWS_MISSING,
            "cut_network",
            "DELETE FROM cut_network WHERE network = '10.0.0.0/8'"),
        attack(
            "sums for fewer tables",
            Kind.HEAD_FORGED,
            "head",
            "UPDATE head SET sets = substr(sets, 41)"),
        attack(
            "no head's tag", Kind.HEAD_FORGED, "head", "UPDATE head SET sets = NULL, tag = NULL"));
  }

  /// On the database that was carried over, to have it carried over once more.
  static Stream<Arguments> after() {
    String older = "ATTACH DATABASE '" + original.resolve("log/parano.db") + "' AS older";
    return Stream.of(
        attack(
            "the earlier head's sums under the present size",
            Kind.HEAD_FORGED,
            "head",
            older,
            "UPDATE main.head SET sets = (SELECT sets FROM older.head), tag = (SELECT tag FROM"
                + " older.head)"),
        attack(
            "a row with its earlier tag",
            Kind.ROW_FORGED,
            "person",
            older,
            "UPDATE main.person SET tag = (SELECT o.tag FROM older.person o WHERE o.id ="
                + " person.id)"),
        attack("the new table emptied", Kind.ROWS_MISSING, "enclosure", "DELETE FROM enclosure"),
        attack(
            "the new table made anew",
            Kind.ROWS_MISSING,
            "enclosure",
            "DROP TABLE enclosure",
            "CREATE TABLE enclosure (act BLOB PRIMARY KEY, sealed BLOB, tag BLOB)"),
        attack(
            "the new column set back to its beginning",
            Kind.ROW_FORGED,
            "session",
            "UPDATE session SET seen_at = NULL WHERE parent IS NULL"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("before")
  void open_earlierLayoutAttacked_isRefusedAndItsTwinOpens(
      String name, Kind kind, String table, List<String> statements) throws Exception {
    LogOnDisk log = copy();
    LogCopies.edit(log.database(), statements);
    assertAltered(name, kind, table, opened(log));
    LogOnDisk twin =
        LogCopies.copy(new LogOnDisk(original), Files.createDirectory(folder.resolve("twin")));
    assertThat(opened(twin)).isInstanceOf(Opening.Opened.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("after")
  void open_carriedOverAndAttacked_isRefusedAndItsTwinOpens(
      String name, Kind kind, String table, List<String> statements) throws Exception {
    LogOnDisk log = copy();
    try (Opened opened = open(log)) {
      opened
          .ledger()
          .commit(
              Samples.event(2),
              List.of(new Change.PutEnclosure(Samples.enrolment(1).act(), Samples.bytes(8, 50))));
      opened.ledger().seen(Map.of(Samples.portal(1).id(), Samples.NOW));
    }
    assertThat(opened(log)).as("untouched").isInstanceOf(Opening.Opened.class);
    LogCopies.edit(log.database(), statements);
    assertAltered(name, kind, table, opened(log));
  }

  private static void assertAltered(String name, Kind kind, String table, Opening opening) {
    assertThat(opening)
        .as(name)
        .isInstanceOfSatisfying(
            Opening.RowsAltered.class,
            altered ->
                assertThat(altered.findings())
                    .isNotEmpty()
                    .allSatisfy(finding -> {
                      assertThat(finding.kind()).isEqualTo(kind);
                      assertThat(finding.table()).isEqualTo(table);
                    }));
  }

  @Test
  void open_earlierDatabasePutBackAfterIt_isBehind() throws Exception {
    LogOnDisk log = copy();
    assertThat(opened(log)).isInstanceOf(Opening.Opened.class);
    Files.copy(
        new LogOnDisk(original).database(), log.database(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(opened(log)).isEqualTo(new Opening.Behind(2, 3));
  }

  @Test
  void open_earlierHeadOverTheLaterLog_isAltered() throws Exception {
    LogOnDisk log = copy();
    assertThat(opened(log)).isInstanceOf(Opening.Opened.class);
    LogCopies.edit(
        log.database(),
        List.of(
            "ATTACH DATABASE '" + original.resolve("log/parano.db") + "' AS older",
            "INSERT OR REPLACE INTO main.head SELECT * FROM older.head"));
    assertThat(opened(log)).isInstanceOf(Opening.Behind.class);
  }
}
