package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.Change;
import io.parano.audit.EventType;
import io.parano.audit.Verdict;
import io.parano.identity.PersonState;
import io.parano.kernel.Secret;
import io.parano.store.RowFinding.Kind;
import io.parano.store.StoreUnderTest.Opened;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Somebody with write access to a real PostgreSQL. [RowTamperTest] has more attacks, on a file;
/// what notices them is the same.
@Tag("slow")
class PostgresTamperTest {
  private static final String STRANGER = "'\\x" + "ab".repeat(16) + "'::bytea";
  private static final String DIGEST = "'\\x" + "cd".repeat(32) + "'::bytea";
  private static Optional<PostgresServer> server = Optional.empty();
  @TempDir static Path folder;
  private static LogInPostgres log;

  @BeforeAll
  static void write() throws Exception {
    server = PostgresServer.start();
    log =
        new LogInPostgres(
            folder,
            server.isPresent()
                ? server.get().database()
                : new PostgresAddress(
                    "jdbc:postgresql://127.0.0.1/none", "nobody", Secret.ofText("-"), null));
    if (server.isPresent()) {
      try (Opened opened = log.open()) {
        opened.ledger().commit(Samples.event(0), LedgerContract.everyChange());
        opened
            .ledger()
            .withdraw(
                Samples.cut(9),
                List.of(new Change.PutPerson(Samples.person(9).as(PersonState.FROZEN))));
        opened.ledger().checkpoint(Samples.NOW);
      }
    }
  }

  @AfterAll
  static void endServer() throws Exception {
    if (server.isPresent()) {
      server.get().end();
    }
  }

  private static Arguments attack(String name, Kind kind, String table, String sql) {
    return Arguments.of(name, kind, table, sql);
  }

  static Stream<Arguments> attacks() {
    List<Arguments> attacks =
        new ArrayList<>(
            List.of(
                attack(
                    "a session digest of one's own",
                    Kind.ROW_FORGED,
                    "session",
                    "INSERT INTO session SELECT %s, %s, kind, host, person, authenticator, source, generation, epoch, started_at, touched_at, ends_at, parent, seen_at, tag FROM session WHERE parent IS NULL"
                        .formatted(STRANGER, DIGEST)),
                attack(
                    "an approval that nobody signed",
                    Kind.ROW_FORGED,
                    "approval",
                    "INSERT INTO approval SELECT act, %s, token, authenticator_data, client_data, signature, at, tag FROM approval LIMIT 1"
                        .formatted(STRANGER)),
                attack(
                    "a cut person revived",
                    Kind.ROW_FORGED,
                    "person",
                    "UPDATE person SET state = 'ACTIVE' WHERE state = 'FROZEN'"),
                attack(
                    "a freeze deleted",
                    Kind.ROWS_MISSING,
                    "person",
                    "DELETE FROM person WHERE state = 'FROZEN'"),
                attack(
                    "a network reopened",
                    Kind.ROWS_MISSING,
                    "cut_network",
                    "DELETE FROM cut_network"),
                attack(
                    "a one-time password's counter lowered",
                    Kind.ROW_FORGED,
                    "otp_use",
                    "UPDATE otp_use SET place = place - 1"),
                attack(
                    "a token of one's own",
                    Kind.ROW_FORGED,
                    "authenticator",
                    "INSERT INTO authenticator SELECT %s, person, label, '\\x00'::bytea, %s, aaguid, 0, 'ACTIVE', enrolled_at, until, attestation_object, attestation_client_data, tag FROM authenticator LIMIT 1"
                        .formatted(STRANGER, DIGEST)),
                attack(
                    "another zone",
                    Kind.ROW_FORGED,
                    "policy",
                    "UPDATE policy SET document = replace(document, 'zones', 'zone')")));
    for (Table table : Table.values()) {
      String name = table.name().toLowerCase(java.util.Locale.ROOT);
      attacks.add(attack(name + " emptied", Kind.ROWS_MISSING, name, "DELETE FROM " + name));
      attacks.add(
          attack(
              name + " without tags", Kind.ROW_FORGED, name, "UPDATE " + name + " SET tag = NULL"));
    }
    return attacks.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void open_attacked_isRefusedAndItsTwinOpens(String name, Kind kind, String table, String sql)
      throws Exception {
    assumeTrue(server.isPresent(), "PostgreSQL is not installed");
    edit("CREATE SCHEMA kept", "CREATE TABLE kept.kept AS TABLE " + table, sql);
    assertThat(log.tryOpen())
        .as(name)
        .isInstanceOfSatisfying(
            Opening.RowsAltered.class,
            altered ->
                assertThat(altered.findings())
                    .extracting(RowFinding::kind, RowFinding::table)
                    .contains(org.assertj.core.api.Assertions.tuple(kind, table)));
    edit(
        "DELETE FROM " + table,
        "INSERT INTO " + table + " SELECT * FROM kept.kept",
        "DROP SCHEMA kept CASCADE");
    log.open().close();
  }

  /// All of it, as a dump of yesterday puts it back.
  @Test
  void open_yesterdaysDatabasePutBack_isBehindAndTodaysOpens() throws Exception {
    assumeTrue(server.isPresent(), "PostgreSQL is not installed");
    List<String> tables = tables();
    edit(copied("yesterday", tables));
    try (Opened opened = log.open()) {
      opened.ledger().commit(Samples.event(7), List.of());
      opened.ledger().checkpoint(Samples.NOW.plusSeconds(10));
    }
    edit(copied("today", tables));
    edit(putBack("yesterday", tables));
    assertThat(log.tryOpen()).isInstanceOf(Opening.Behind.class);
    edit(putBack("today", tables));
    try (Opened opened = log.open()) {
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    }
    edit("DROP SCHEMA yesterday CASCADE", "DROP SCHEMA today CASCADE");
  }

  /// A database of the schema before mail, leases, devices and cut zones is carried over at its
  /// first start, once, and the log says so.
  @Test
  void open_asSchema7LeftIt_isCarriedOverOnceAndTakesEverything() throws Exception {
    assumeTrue(server.isPresent(), "PostgreSQL is not installed");
    Layout earlier =
        Layout.known().stream().filter(layout -> layout.version() == 7).findFirst().orElseThrow();
    LogInPostgres old =
        new LogInPostgres(folder.resolve("schema7"), server.orElseThrow().database());
    List<Change> changes =
        LedgerContract.everyChange().stream()
            .filter(change ->
                !(Write.of(change).sql().effect() instanceof Effect.Put(Table table, var rising))
                    || earlier.has(table))
            .toList();
    try (Opened opened = old.open()) {
      opened.ledger().commit(Samples.event(1), changes);
      opened.ledger().checkpoint(Samples.NOW);
    }
    try (Connection connection = connect(old)) {
      connection.setAutoCommit(false);
      UpgradeTest.tagAsBefore(connection, new RowTags(new TestTagger()), earlier);
      try (Statement statement = connection.createStatement()) {
        for (Table table : Table.values()) {
          if (!earlier.has(table)) {
            statement.execute("DROP TABLE " + table.name().toLowerCase(java.util.Locale.ROOT));
          }
        }
        assertThat(statement.executeUpdate("DELETE FROM schema_version WHERE version > 7"))
            .isEqualTo(4);
      }
      connection.commit();
    }
    try (Opened opened = old.open()) {
      assertThat(opened.state().changes()).containsExactlyInAnyOrderElementsOf(changes);
      List<LogEntry> openings =
          opened.reader().newest(List.of(new Criterion.Type(EventType.LOG_OPENED)), 9);
      assertThat(openings.getFirst().read().facts())
          .containsEntry("upgraded", "7")
          .containsEntry("layout", Integer.toString(Layout.known().getFirst().version()));
      opened.ledger().commit(Samples.event(2), LedgerContract.everyChange());
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      opened.ledger().checkpoint(Samples.NOW);
    }
    try (Opened opened = old.open()) {
      assertThat(opened.reader().newest(List.of(new Criterion.Type(EventType.LOG_OPENED)), 9))
          .as("once")
          .hasSize(2);
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    }
  }

  private static List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = connect(log);
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
      while (found.next()) {
        tables.add(found.getString(1));
      }
    }
    return tables;
  }

  private static String[] copied(String schema, List<String> tables) {
    return Stream.concat(
            Stream.of("CREATE SCHEMA " + schema),
            tables.stream()
                .map(table -> "CREATE TABLE %1$s.%2$s AS TABLE %2$s".formatted(schema, table)))
        .toArray(String[]::new);
  }

  private static String[] putBack(String schema, List<String> tables) {
    return Stream.concat(
            Stream.of("TRUNCATE " + String.join(", ", tables)),
            tables.stream()
                .map(table -> "INSERT INTO %2$s SELECT * FROM %1$s.%2$s".formatted(schema, table)))
        .toArray(String[]::new);
  }

  private static Connection connect(LogInPostgres of) throws SQLException {
    return DriverManager.getConnection(of.address.url(), "parano", "trusted");
  }

  private static void edit(String... statements) throws SQLException {
    try (Connection connection = connect(log);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
