package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Change;
import io.parano.access.Ledger;
import io.parano.identity.PersonState;
import io.parano.kernel.AuthenticatorId;
import io.parano.session.Session;
import io.parano.store.RowFinding.Kind;
import io.parano.store.StoreUnderTest.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Somebody with write access to the database who wants to be let in, and knows everything but the
/// keys. Every attack starts from a copy that opens, and opens no more; the log itself is never
/// touched, so that nothing but the rows tells.
class RowTamperTest {
  private static final Session PORTAL = Samples.portal(1);
  private static final Session ENDED = Samples.portal(2);
  private static final Set<Table> ONE_ROW = Set.of(Table.EVERYBODY, Table.RECALL);
  private static final String STRANGER = "x'" + "ab".repeat(16) + "'";
  private static final String DIGEST = "x'" + "cd".repeat(32) + "'";

  @TempDir static Path original;
  @TempDir Path folder;

  /// A row and more in every table; and of what was changed since, an older copy.
  @BeforeAll
  static void writeTheOriginal() throws IOException {
    LogOnDisk log = new LogOnDisk(original);
    try (Opened opened = log.open()) {
      Ledger ledger = opened.ledger();
      ledger.commit(Samples.event(0), LedgerContract.everyChange());
      ledger.commit(
          Samples.event(1),
          List.of(
              new Change.PutPerson(Samples.person(2)),
              Samples.password(2),
              new Change.PutSession(ENDED)));
      ledger.withdraw(
          Samples.cut(9), List.of(new Change.PutPerson(Samples.person(9).as(PersonState.FROZEN))));
      ledger.seen(Map.of(PORTAL.id(), Samples.NOW));
    }
    Files.copy(log.database(), original.resolve("older"));
    try (Opened opened = log.open()) {
      Ledger ledger = opened.ledger();
      ledger.commit(
          Samples.event(2),
          List.of(
              new Change.PutPerson(Samples.person(1).as(PersonState.FROZEN).renewed()),
              new Change.EndSession(ENDED.id()),
              new Change.PutEpoch(6, true),
              new Change.PutPolicy(3, Samples.digest("q"), "zones: {}\n", Samples.NOW),
              new Change.CountToken(Samples.authenticator(1).id(), 43),
              new Change.CountOtp(Samples.otpToken(1).id(), Samples.otpCounters(0x7fff, 1))));
      opened.ledger().checkpoint(Samples.NOW);
    }
  }

  private LogOnDisk copy() {
    return LogCopies.copy(new LogOnDisk(original), folder);
  }

  private static Arguments attack(String name, Kind kind, String table, String... statements) {
    return Arguments.of(name, kind, table, List.of(statements));
  }

  /// `older` is the copy of yesterday.
  private static Arguments putBack(String name, Kind kind, String table, String where) {
    return attack(
        name,
        kind,
        table,
        "ATTACH DATABASE '" + original.resolve("older") + "' AS older",
        "INSERT OR REPLACE INTO main.%s SELECT * FROM older.%s WHERE %s"
            .formatted(table, table, where));
  }

  static Stream<Arguments> attacks() {
    return Stream.of(
        attack(
            "a session of one's own",
            Kind.ROW_FORGED,
            "session",
            "INSERT INTO session SELECT %s, %s, kind, host, person, authenticator, source,"
                    .formatted(STRANGER, DIGEST)
                + " generation, epoch, started_at, touched_at, ends_at, parent, seen_at, tag"
                + " FROM session WHERE parent IS NULL"),
        attack(
            "one's own bearer under somebody's session",
            Kind.ROW_FORGED,
            "session",
            "UPDATE session SET token = " + DIGEST + " WHERE parent IS NULL"),
        attack(
            "a device's password of one's own",
            Kind.ROW_FORGED,
            "device_password",
            "UPDATE device_password SET digest = " + DIGEST),
        attack(
            "a device's password that lives longer",
            Kind.ROW_FORGED,
            "device_password",
            "UPDATE device_password SET ends_at = ends_at + 1"),
        attack(
            "an approval that nobody signed",
            Kind.ROW_FORGED,
            "approval",
            "INSERT INTO approval SELECT act, %s, token, authenticator_data, client_data,"
                    .formatted(STRANGER)
                + " signature, at, tag FROM approval LIMIT 1"),
        attack(
            "an approval taken to another act",
            Kind.ROW_FORGED,
            "approval",
            "UPDATE approval SET act = (SELECT max(id) FROM proposal)"),
        attack(
            "a frozen person thawed",
            Kind.ROW_FORGED,
            "person",
            "UPDATE person SET state =" + " 'ACTIVE' WHERE state = 'FROZEN'"),
        putBack("a person as before the cut", Kind.ROWS_EXCHANGED, "person", "name = 'person1'"),
        attack(
            "an officer appointed",
            Kind.ROW_FORGED,
            "person",
            "UPDATE person SET officer = 1 -" + " officer"),
        attack(
            "a frozen person made unknown",
            Kind.ROWS_MISSING,
            "person",
            "DELETE FROM person WHERE name = 'person9'"),
        attack(
            "two columns of a row exchanged",
            Kind.ROW_FORGED,
            "person",
            "UPDATE person SET email = display_name, display_name = email"),
        attack(
            "a token of one's own",
            Kind.ROW_FORGED,
            "authenticator",
            "INSERT INTO authenticator SELECT %s, person, label, x'00', %s, aaguid, 0, 'ACTIVE',"
                    .formatted(STRANGER, DIGEST)
                + " enrolled_at, until, attestation_object, attestation_client_data, tag"
                + " FROM authenticator"),
        putBack("a signature counter set back", Kind.ROWS_EXCHANGED, "authenticator", "1 = 1"),
        attack(
            "a one-time password's counter lowered",
            Kind.ROW_FORGED,
            "otp_use",
            "UPDATE otp_use SET place = place - 1"),
        putBack("a counter as it once was", Kind.ROWS_EXCHANGED, "otp_use", "1 = 1"),
        attack("no counter at all", Kind.ROWS_MISSING, "otp_use", "DELETE FROM otp_use"),
        attack(
            "another zone",
            Kind.ROW_FORGED,
            "policy",
            "UPDATE policy SET document = replace(document, 'zones', 'zone')"),
        attack(
            "the policy before the last",
            Kind.ROWS_MISSING,
            "policy",
            "DELETE FROM policy WHERE version = 3"),
        attack(
            "a network reopened",
            Kind.ROWS_MISSING,
            "cut_network",
            "DELETE FROM cut_network WHERE network = '10.0.0.0/8'"),
        attack(
            "a cut zone reopened",
            Kind.ROWS_MISSING,
            "cut_zone",
            "DELETE FROM cut_zone WHERE zone = 'office'"),
        attack(
            "a cut zone made smaller",
            Kind.ROW_FORGED,
            "cut_zone",
            "UPDATE cut_zone SET networks = '{\"networks\":[]}' WHERE zone = 'office'"),
        attack(
            "a cut that nobody is told of",
            Kind.ROWS_MISSING,
            "untold",
            "DELETE FROM untold WHERE number = 3"),
        attack("everybody let in", Kind.ROW_FORGED, "everybody", "UPDATE everybody SET closed = 0"),
        putBack("sessions of an earlier epoch", Kind.ROWS_EXCHANGED, "everybody", "1 = 1"),
        putBack(
            "a session that was ended",
            Kind.ROWS_RESTORED,
            "session",
            "id = x'" + HexFormat.of().formatHex(Columns.id(ENDED.id().value())) + "'"),
        attack(
            "a lease of one's own address",
            Kind.ROW_FORGED,
            "lease",
            "INSERT INTO lease SELECT id, '10.8.0.9', NULL, started_at, ends_at, tag FROM session"
                + " WHERE parent IS NOT NULL"),
        attack(
            "somebody's address for one's own tunnel",
            Kind.ROW_FORGED,
            "lease",
            "UPDATE lease SET session = (SELECT id FROM session WHERE parent IS NOT NULL)"),
        attack(
            "a lease that began earlier",
            Kind.ROW_FORGED,
            "lease",
            "UPDATE lease SET started_at = 0"),
        attack(
            "a device that was cut, active again",
            Kind.ROW_FORGED,
            "vpn_device",
            "UPDATE vpn_device SET state = 'ACTIVE'"),
        attack(
            "one's own key for somebody's device",
            Kind.ROW_FORGED,
            "vpn_device",
            "UPDATE vpn_device SET public_key = " + DIGEST),
        attack("a cut key forgotten", Kind.ROWS_MISSING, "vpn_device", "DELETE FROM vpn_device"),
        attack("a lease forgotten", Kind.ROWS_MISSING, "lease", "DELETE FROM lease"),
        attack(
            "an enrolment code of one's own",
            Kind.ROW_FORGED,
            "enrolment",
            "UPDATE enrolment SET code = " + DIGEST),
        attack(
            "passwords of two people exchanged, tags and all",
            Kind.ROW_FORGED,
            "password",
            "UPDATE password SET (hash, previous, set_at, tag) = (SELECT o.hash, o.previous,"
                + " o.set_at, o.tag FROM password o WHERE o.person <> password.person)"),
        attack(
            "tags of two people exchanged",
            Kind.ROW_FORGED,
            "password",
            "UPDATE password SET tag = (SELECT o.tag FROM password o WHERE o.person <>"
                + " password.person)"),
        attack(
            "another table's tag",
            Kind.ROW_FORGED,
            "password",
            "UPDATE password SET tag =" + " (SELECT tag FROM person LIMIT 1)"),
        attack(
            "a cut said to be recorded",
            Kind.ROW_FORGED,
            "withdrawn",
            "INSERT INTO withdrawn SELECT " + STRANGER + ", tag FROM withdrawn"),
        attack("a table dropped", Kind.TABLE_GONE, "cut_network", "DROP TABLE cut_network"),
        attack(
            "a table made anew",
            Kind.ROWS_MISSING,
            "cut_network",
            "DROP TABLE cut_network",
            "CREATE TABLE cut_network (network TEXT PRIMARY KEY, at INTEGER, tag BLOB)"),
        attack(
            "the head's sums edited",
            Kind.HEAD_FORGED,
            "head",
            "DELETE FROM cut_network",
            "UPDATE head SET sets = zeroblob(length(sets))"),
        attack("the head of another", Kind.HEAD_FORGED, "head", "UPDATE head SET tag = " + DIGEST),
        attack("another writer", Kind.HEAD_FORGED, "head", "UPDATE head SET writer = writer - 1"),
        attack(
            "tags taken away, so that the rows be adopted again",
            Kind.HEAD_FORGED,
            "head",
            "UPDATE person SET officer = 1, tag = NULL",
            "UPDATE head SET sets = NULL, tag = NULL"));
  }

  /// Whatever the column, and whatever the table.
  static Stream<Arguments> everywhere() {
    List<Arguments> attacks = new ArrayList<>();
    for (Table table : Table.values()) {
      String name = table.sqlName();
      attacks.add(attack(name + " emptied", Kind.ROWS_MISSING, name, "DELETE FROM " + name));
      attacks.add(
          attack(
              name + " without tags", Kind.ROW_FORGED, name, "UPDATE " + name + " SET tag = NULL"));
      for (String column : table.columns()) {
        // There is only one row, and the table allows no other number.
        if (!ONE_ROW.contains(table) || !column.equals("id")) {
          attacks.add(
              attack(
                  name + "." + column + " altered",
                  Kind.ROW_FORGED,
                  name,
                  ("UPDATE %1$s SET %2$s = CASE typeof(%2$s) WHEN 'integer' THEN %2$s - 100"
                          + " WHEN 'text' THEN %2$s || 'x' ELSE CAST(%2$s || x'00' AS BLOB) END"
                          + " WHERE rowid = (SELECT min(rowid) FROM %1$s WHERE %2$s IS NOT NULL)")
                      .formatted(name, column)));
        }
      }
    }
    return attacks.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void open_attacked_isRefusedAndItsTwinOpens(
      String name, Kind kind, String table, List<String> statements) throws Exception {
    attacked(name, kind, table, statements);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("everywhere")
  void open_anyColumnAltered_isRefusedAndItsTwinOpens(
      String name, Kind kind, String table, List<String> statements) throws Exception {
    attacked(name, kind, table, statements);
  }

  private void attacked(String name, Kind kind, String table, List<String> statements)
      throws Exception {
    LogOnDisk log = copy();
    assertThat(LogCopies.opened(log)).as("before").isInstanceOf(Opening.Opened.class);
    LogCopies.edit(log.database(), statements);
    assertThat(LogCopies.opened(log))
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
  void open_rowForged_namesItsKey() throws Exception {
    LogOnDisk log = copy();
    LogCopies.edit(log.database(), List.of("UPDATE person SET officer = 2 WHERE name = 'person2'"));
    assertThat(LogCopies.opened(log))
        .isEqualTo(
            new Opening.RowsAltered(
                List.of(
                    new RowFinding(
                        Kind.ROW_FORGED, "person", Samples.person(2).id().value().toString()))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void checkRows_attackedWhileItServes_isNoticed(
      String name, Kind kind, String table, List<String> statements) throws Exception {
    try (Opened opened = copy().open()) {
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      LogCopies.edit(folder.resolve("log/parano.db"), statements);
      assertThat(opened.ledger().checkRows())
          .as(name)
          .isInstanceOf(SqlLedger.RowsChecked.Altered.class);
    }
  }

  @Test
  void checkRows_headOfAnEarlierMoment_isPutBack() throws Exception {
    LogOnDisk log = copy();
    try (Opened opened = log.open()) {
      LogCopies.edit(log.database(), List.of("CREATE TABLE aside AS SELECT * FROM head"));
      opened.ledger().commit(Samples.event(5), List.of());
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      LogCopies.edit(log.database(), List.of("INSERT OR REPLACE INTO head SELECT * FROM aside"));
      assertThat(opened.ledger().checkRows())
          .isEqualTo(
              new SqlLedger.RowsChecked.Altered(
                  List.of(new RowFinding(Kind.PUT_BACK, "head", ""))));
      assertThatThrownBy(() -> opened.ledger().commit(Samples.event(6), List.of()))
          .isInstanceOf(Ledger.Unavailable.class);
    }
  }

  /// Writing to a forged row must not make it ours.
  @Test
  void commit_overAForgedRow_isUnavailableAndChangesNothing() throws Exception {
    LogOnDisk log = copy();
    List<Change> touch = List.of(new Change.TouchSession(PORTAL.id(), Samples.NOW.plusSeconds(99)));
    try (Opened opened = log.open()) {
      opened.ledger().commit(Samples.event(5), touch);
      LogCopies.edit(
          log.database(), List.of("UPDATE session SET generation = 9 WHERE parent IS NULL"));
      assertThatThrownBy(() ->
              opened
                  .ledger()
                  .commit(
                      Samples.event(6),
                      List.of(new Change.TouchSession(PORTAL.id(), Samples.NOW.plusSeconds(199)))))
          .isInstanceOf(Ledger.Unavailable.class);
    }
    assertThat(LogCopies.opened(log))
        .isEqualTo(
            new Opening.RowsAltered(
                List.of(
                    new RowFinding(Kind.ROW_FORGED, "session", PORTAL.id().value().toString()))));
  }

  /// What was written a moment ago is not read again before it changes, and yet compared.
  @Test
  void commit_overACounterForgedSinceItWasWritten_isUnavailableAndChangesNothing()
      throws Exception {
    LogOnDisk log = copy();
    AuthenticatorId token = Samples.otpToken(1).id();
    try (Opened opened = log.open()) {
      for (int session = 2; session < 5; session++) {
        opened
            .ledger()
            .commit(
                Samples.event(5),
                List.of(new Change.CountOtp(token, Samples.otpCounters(0x7fff, session))));
      }
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      LogCopies.edit(log.database(), List.of("UPDATE otp_use SET clock = clock - 1"));
      assertThatThrownBy(() ->
              opened
                  .ledger()
                  .commit(
                      Samples.event(6),
                      List.of(new Change.CountOtp(token, Samples.otpCounters(0x7fff, 9)))))
          .isInstanceOf(Ledger.Unavailable.class);
    }
    assertThat(LogCopies.opened(log))
        .isEqualTo(
            new Opening.RowsAltered(
                List.of(new RowFinding(Kind.ROW_FORGED, "otp_use", token.value().toString()))));
  }

  @Test
  void open_triggerThatRewrites_isNoticed() throws Exception {
    LogOnDisk log = copy();
    LogCopies.edit(
        log.database(),
        List.of(
            "CREATE TRIGGER helpful AFTER INSERT ON session BEGIN UPDATE session SET token = "
                + DIGEST
                + " WHERE id = NEW.id; END"));
    try (Opened opened = log.open()) {
      opened.ledger().commit(Samples.event(5), List.of(new Change.PutSession(Samples.portal(7))));
      assertThat(opened.ledger().checkRows()).isInstanceOf(SqlLedger.RowsChecked.Altered.class);
    }
    assertThat(LogCopies.opened(log)).isInstanceOf(Opening.RowsAltered.class);
  }

  @Test
  void open_underAnotherKeyset_isRefused() throws Exception {
    LogOnDisk log = copy();
    SqliteLog under = log.log();
    SqliteLog underAnother =
        new SqliteLog(
            under.directory(),
            under.outside(),
            under.signer(),
            (purpose, content) -> Samples.digest(purpose + content.length).bytes(),
            under.randomness(),
            under.notices());
    assertThat(underAnother.open(Samples.NOW)).isInstanceOf(Opening.RowsAltered.class);
    assertThat(LogCopies.opened(log)).isInstanceOf(Opening.Opened.class);
  }
}
