package io.parano.store;

import static io.parano.store.Samples.NOW;
import static io.parano.store.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Change;
import io.parano.access.Ledger;
import io.parano.access.State;
import io.parano.access.Untold;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.audit.Receipt;
import io.parano.audit.Verdict;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.identity.Proposal;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.kernel.SessionId;
import io.parano.session.Session;
import io.parano.store.StoreUnderTest.Opened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store of the ledger does, whatever it is made of.
interface LedgerContract {
  /// Empty, the same one throughout a test.
  StoreUnderTest store();

  @Test
  default void open_nothingThere_isANewLogWithoutState() {
    Opening opening = store().tryOpen();
    assertThat(opening).isInstanceOf(Opening.NewLog.class);
    try (Opened opened = opened(opening)) {
      assertThat(opened.state()).isEqualTo(new State(List.of(), Map.of()));
      assertThat(opened.reader().size()).as("its own opening").isEqualTo(1);
    }
    assertThat(closed(store().tryOpen())).isInstanceOf(Opening.Opened.class);
  }

  /// One change of every kind that leaves a row.
  static List<Change> everyChange() {
    Session portal = Samples.portal(1);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutEpoch(5, true));
    changes.add(new Change.PutPolicy(2, Samples.digest("p"), "zones:\n  - é\n", NOW));
    changes.add(new Change.PutRecalls(Samples.recalls(), NOW));
    changes.add(new Change.CutNetwork(IpPrefix.parse("10.0.0.0/8"), NOW));
    changes.add(new Change.CutNetwork(IpPrefix.parse("2001:db8::/32"), NOW));
    changes.add(new Change.CutZone("office", Samples.networks(), NOW));
    changes.add(new Change.CutZone("vpn", Set.of(), NOW));
    changes.add(new Change.PutUntold(Samples.untold(3)));
    changes.add(new Change.PutUntold(new Untold(4, NOW, List.of())));
    changes.add(new Change.PutPerson(Samples.person(1)));
    changes.add(new Change.PutAuthenticator(Samples.authenticator(1)));
    changes.add(new Change.PutOtpToken(Samples.otpToken(1)));
    changes.add(new Change.CountOtp(Samples.otpToken(1).id(), Samples.otpCounters(0x7ffe, 255)));
    changes.add(new Change.PutDevice(Samples.device(1)));
    changes.add(new Change.PutClient(Samples.client(7)));
    changes.add(new Change.PutEnclosure(Samples.enrolment(1).act(), Samples.bytes(8, 50)));
    changes.add(Samples.password(1));
    for (int i = 0; i < Samples.acts().size(); i++) {
      changes.add(new Change.PutProposal(Samples.proposal(i, Samples.acts().get(i))));
    }
    changes.add(new Change.PutApproval(Samples.approval(1, 2)));
    changes.add(new Change.PutApproval(Samples.approval(1, 3)));
    changes.add(new Change.PutEnrolment(Samples.enrolment(1)));
    changes.add(new Change.PutSession(portal));
    changes.add(new Change.PutSession(Samples.host(1, portal)));
    changes.add(new Change.PutLease(Samples.lease(1, portal)));
    changes.add(new Change.PutCertificate(Samples.certificate(1, portal)));
    changes.add(new Change.PutDevicePassword(Samples.devicePassword(1)));
    return changes;
  }

  @Test
  default void commit_everyKindOfChange_isThereAfterReopening() {
    List<Change> changes = everyChange();
    assertThat(kinds(changes))
        .as("all kinds but eleven that take rows away and two that change one in part")
        .hasSize(Change.class.getPermittedSubclasses().length - 13);
    try (Opened opened = store().open()) {
      assertThat(opened.ledger().commit(event(0), changes).index()).isEqualTo(1);
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes()).containsExactlyInAnyOrderElementsOf(changes);
      assertThat(opened.state().lastSeen()).isEmpty();
    }
  }

  @Test
  default void commit_everyChangeTwice_leavesWhatItLeftTheFirstTime() {
    try (Opened opened = store().open()) {
      opened.ledger().commit(event(0), everyChange());
      opened.ledger().commit(event(1), everyChange());
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes()).containsExactlyInAnyOrderElementsOf(everyChange());
    }
  }

  @Test
  default void commit_changedRows_keepsTheLatest() {
    Person frozen = Samples.person(1).as(PersonState.FROZEN).asOfficer(false).renewed();
    Authenticator cut = Samples.authenticator(1).as(AuthenticatorState.CUT).counted(43);
    Session touched = Samples.portal(1).touched(NOW.plusSeconds(99));
    List<Change> latest =
        List.of(
            new Change.PutPerson(frozen),
            new Change.PutAuthenticator(cut),
            new Change.PutEpoch(6, false),
            new Change.PutPolicy(3, Samples.digest("q"), "", NOW),
            new Change.PutSession(touched));
    try (Opened opened = store().open()) {
      opened.ledger().commit(event(0), everyChange());
      opened.ledger().commit(event(1), latest);
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes()).containsAll(latest).hasSize(everyChange().size());
    }
  }

  @Test
  default void commit_whatTakesRowsAway_leavesNothingOfThem() {
    Session portal = Samples.portal(1);
    try (Opened opened = store().open()) {
      opened.ledger().commit(event(0), everyChange());
      List<Change> gone = new ArrayList<>();
      gone.add(new Change.DropDevicePassword(Samples.devicePassword(1).id()));
      gone.add(new Change.EndSession(portal.id()));
      gone.add(new Change.EndSession(Samples.host(1, portal).id()));
      gone.add(new Change.EndSession(new SessionId(Samples.id(77))));
      gone.add(new Change.CloseEnrolment(Samples.enrolment(1).act()));
      everyChange().stream()
          .filter(Change.PutProposal.class::isInstance)
          .map(Change.PutProposal.class::cast)
          .forEach(put -> gone.add(new Change.DropProposal(put.proposal().id())));
      gone.add(new Change.DropClient(7));
      gone.add(new Change.DropEnclosure(Samples.enrolment(1).act()));
      gone.add(new Change.DropPassword(Samples.password(1).person()));
      gone.add(new Change.ReopenNetwork(IpPrefix.parse("10.0.0.0/8")));
      gone.add(new Change.ReopenNetwork(IpPrefix.parse("2001:db8::/32")));
      gone.add(new Change.ReopenZone("office"));
      gone.add(new Change.ReopenZone("vpn"));
      gone.add(new Change.DropUntold(3));
      gone.add(new Change.DropUntold(4));
      opened.ledger().commit(event(1), gone);
      opened.ledger().commit(event(2), gone);
    }
    try (Opened opened = store().open()) {
      assertThat(kinds(opened.state().changes()))
          .doesNotContain(
              Change.PutSession.class,
              Change.PutLease.class,
              Change.PutEnrolment.class,
              Change.PutProposal.class,
              Change.PutPassword.class,
              Change.PutClient.class,
              Change.PutEnclosure.class,
              Change.CutNetwork.class,
              Change.CutZone.class,
              Change.PutUntold.class);
    }
  }

  @Test
  default void commit_voidPassword_keepsTheOnesBefore() {
    Change.PutPassword password = Samples.password(1);
    Change.PutPassword voided =
        new Change.PutPassword(
            password.person(), Bytes.EMPTY, List.of(password.hash()), password.setAt());
    try (Opened opened = store().open()) {
      opened.ledger().commit(event(0), List.of(password));
      opened.ledger().commit(event(1), List.of(voided));
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes()).containsExactly(voided);
    }
  }

  @Test
  default void commit_otpCounters_neverGoBack() {
    AuthenticatorId token = Samples.otpToken(1).id();
    Change further = new Change.CountOtp(token, Samples.otpCounters(6, 0));
    try (Opened opened = store().open()) {
      opened.ledger().commit(event(0), List.of(new Change.PutOtpToken(Samples.otpToken(1))));
      for (Change count :
          List.of(
              new Change.CountOtp(token, Samples.otpCounters(5, 255)),
              further,
              new Change.CountOtp(token, Samples.otpCounters(6, 0)),
              new Change.CountOtp(token, Samples.otpCounters(5, 200)),
              new Change.PutOtpToken(Samples.otpToken(1).as(AuthenticatorState.CUT)))) {
        opened.ledger().commit(event(1), List.of(count));
      }
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes())
          .containsExactlyInAnyOrder(
              new Change.PutOtpToken(Samples.otpToken(1).as(AuthenticatorState.CUT)), further);
    }
  }

  /// A group that failed was not written, whatever the writer remembers of it.
  @Test
  default void commit_otpCountersAfterAFailure_goOnFromWhatIsDurable() {
    AuthenticatorId token = Samples.otpToken(1).id();
    Change last = new Change.CountOtp(token, Samples.otpCounters(6, 1));
    Person namesake = namesake(Samples.person(2), Samples.person(1));
    try (Opened opened = store().open()) {
      SqlLedger ledger = opened.ledger();
      ledger.commit(
          event(0),
          List.of(
              new Change.PutPerson(Samples.person(1)),
              new Change.CountOtp(token, Samples.otpCounters(5, 0))));
      assertThatThrownBy(() ->
              ledger.commit(
                  event(1),
                  List.of(
                      new Change.CountOtp(token, Samples.otpCounters(7, 0)),
                      new Change.PutPerson(namesake))))
          .isInstanceOf(IllegalStateException.class);
      ledger.commit(event(2), List.of(last));
      assertThat(ledger.checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes())
          .containsExactlyInAnyOrder(new Change.PutPerson(Samples.person(1)), last);
    }
  }

  @Test
  default void commit_whatChangesARowInPart_leavesTheRestAndRevivesNothing() {
    Authenticator cut = Samples.authenticator(1).as(AuthenticatorState.CUT);
    Session ended = Samples.portal(1);
    Session live = Samples.portal(2);
    Instant later = NOW.plusSeconds(500);
    try (Opened opened = store().open()) {
      opened
          .ledger()
          .commit(
              event(0),
              List.of(
                  new Change.PutAuthenticator(cut),
                  new Change.PutSession(ended),
                  new Change.PutSession(live)));
      opened.ledger().commit(event(1), List.of(new Change.EndSession(ended.id())));
      opened
          .ledger()
          .commit(
              event(2),
              List.of(
                  new Change.CountToken(cut.id(), 77),
                  new Change.TouchSession(live.id(), later),
                  new Change.TouchSession(ended.id(), later)));
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes())
          .containsExactlyInAnyOrder(
              new Change.PutAuthenticator(cut.counted(77)),
              new Change.PutSession(live.touched(later)));
    }
  }

  @Test
  default void state_proposalDone_isLiveOnlyWhileItsEnrolmentIsOpen() {
    Proposal done = Samples.proposal(1, Samples.acts().get(1)).as(Proposal.State.DONE);
    Change.PutEnrolment enrolment = new Change.PutEnrolment(Samples.enrolment(1));
    Change.PutApproval approval = new Change.PutApproval(Samples.approval(1, 2));
    try (Opened opened = store().open()) {
      opened.ledger().commit(event(0), List.of(new Change.PutProposal(done), approval, enrolment));
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes())
          .containsExactly(new Change.PutProposal(done), approval, enrolment);
      opened
          .ledger()
          .commit(event(1), List.of(new Change.CloseEnrolment(Samples.enrolment(1).act())));
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes()).isEmpty();
    }
  }

  @Test
  default void seen_liveSessions_remembersTheLatestTimeOfEach() {
    Session portal = Samples.portal(1);
    Session other = Samples.portal(2);
    try (Opened opened = store().open()) {
      opened
          .ledger()
          .commit(event(0), List.of(new Change.PutSession(portal), new Change.PutSession(other)));
      opened.ledger().seen(Map.of(portal.id(), NOW.plusSeconds(60)));
      opened.ledger().seen(Map.of(portal.id(), NOW, Samples.portal(9).id(), NOW));
      opened.ledger().commit(event(1), List.of(new Change.PutSession(portal)));
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().lastSeen()).isEqualTo(Map.of(portal.id(), NOW.plusSeconds(60)));
    }
  }

  @Test
  default void seen_moreThanOneTransactionHolds_remembersThemAll() {
    Map<SessionId, Instant> seen = new HashMap<>();
    List<Change> sessions = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      sessions.add(new Change.PutSession(Samples.portal(i)));
      seen.put(Samples.portal(i).id(), NOW.plusSeconds(i));
    }
    try (Opened opened = store().open()) {
      opened.ledger().commit(event(0), sessions);
      opened.ledger().seen(seen);
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().lastSeen()).isEqualTo(seen);
    }
  }

  @Test
  default void sweep_sessionsOverByTime_areForgotten() {
    Session over = Samples.portal(1);
    try (Opened opened = store().open()) {
      opened.ledger().commit(event(0), List.of(new Change.PutSession(over)));
      opened.ledger().sweep(over.endsAt());
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes()).containsExactly(new Change.PutSession(over));
      opened.ledger().sweep(over.endsAt().plusSeconds(1));
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes()).isEmpty();
    }
  }

  @Test
  default void commit_fromManyThreads_givesEveryEntryItsOwnPlaceInAWholeLog() throws Exception {
    int threads = 16;
    int each = 50;
    try (Opened opened = store().open();
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<List<Long>>> running =
          IntStream.range(0, threads)
              .mapToObj(thread -> pool.submit(() -> commits(opened.ledger(), thread * each, each)))
              .toList();
      Map<Long, String> numbers = new HashMap<>();
      for (int thread = 0; thread < threads; thread++) {
        List<Long> indexes = running.get(thread).get();
        for (int i = 0; i < each; i++) {
          numbers.put(indexes.get(i), Integer.toString(thread * each + i));
        }
      }
      assertThat(numbers).hasSize(threads * each);
      for (LogEntry entry : opened.reader().newest(List.of(), 1_000)) {
        assertThat(entry.read().facts().get("number")).isEqualTo(numbers.get(entry.index()));
      }
      assertThat(opened.ledger().checkpoint(NOW)).isInstanceOf(SqlLedger.Checkpointed.Signed.class);
      assertThat(opened.reader().verifyAll(entries -> {}))
          .isInstanceOfSatisfying(
              Verdict.Holds.class, holds -> assertThat(holds.summary().entries()).isEqualTo(801));
    }
  }

  @Test
  default void commit_changesThatContradictTheStore_failAlone() throws Exception {
    Person one = Samples.person(1);
    Person two = Samples.person(2);
    Person namesake = namesake(two, one);
    try (Opened opened = store().open();
        ExecutorService pool = Executors.newFixedThreadPool(8)) {
      SqlLedger ledger = opened.ledger();
      ledger.commit(event(0), List.of(new Change.PutPerson(one)));
      List<Future<List<Long>>> innocent =
          IntStream.range(0, 7)
              .mapToObj(i -> pool.submit(() -> commits(ledger, i * 20, 20)))
              .toList();
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> ledger.commit(event(1), List.of(new Change.PutPerson(namesake))))
            .isInstanceOf(IllegalStateException.class);
      }
      Set<Long> indexes = new HashSet<>();
      for (Future<List<Long>> future : innocent) {
        indexes.addAll(future.get());
      }
      assertThat(indexes).hasSize(140);
      assertThat(opened.reader().size()).isEqualTo(142);
      ledger.checkpoint(NOW);
      assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
    }
  }

  /// Somebody who can't be, for the name is taken.
  private static Person namesake(Person two, Person one) {
    return new Person(
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
  }

  @Test
  default void commit_afterClosing_isUnavailable() {
    SqlLedger ledger = store().open().ledger();
    ledger.close();
    assertThatThrownBy(() -> ledger.commit(event(0), List.of()))
        .isInstanceOf(Ledger.Unavailable.class);
    ledger.withdraw(event(0), List.of());
  }

  @Test
  default void withdraw_logWritable_isRecordedOnce() {
    Person frozen = Samples.person(1).as(PersonState.FROZEN);
    try (Opened opened = store().open()) {
      opened.ledger().withdraw(Samples.cut(1), List.of(new Change.PutPerson(frozen)));
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes()).containsExactly(new Change.PutPerson(frozen));
      assertThat(opened.reader().newest(List.of(new Criterion.Type(EventType.CUT)), 10))
          .singleElement()
          .satisfies(entry -> assertThat(entry.read().type()).isEqualTo("cut"));
    }
  }

  @Test
  default void open_whileOpen_isRefused() {
    try (Opened opened = store().open()) {
      assertThat(store().tryOpen())
          .isInstanceOfSatisfying(
              Opening.Refused.class, refused -> assertThat(refused.why()).contains("another"));
      assertThat(opened.ledger().commit(event(0), List.of()).index()).isEqualTo(1);
    }
  }

  @Test
  default void newest_pages_leadToTheBeginning() {
    try (Opened opened = store().open()) {
      commits(opened.ledger(), 0, 25);
      List<Long> indexes = new ArrayList<>();
      List<LogEntry> page = opened.reader().newest(List.of(), 10);
      while (!page.isEmpty()) {
        page.forEach(entry -> indexes.add(entry.index()));
        page = opened.reader().before(page.getLast().index(), List.of(), 10);
      }
      assertThat(indexes)
          .containsExactlyElementsOf(
              IntStream.iterate(25, i -> i >= 0, i -> i - 1).mapToObj(Long::valueOf).toList());
    }
  }

  @Test
  default void newest_eachCriterion_findsTheOneEntryThatMeetsIt() {
    Event odd =
        Event.at(NOW.minusSeconds(60), EventType.PASS, Outcome.REFUSED)
            .by(Samples.personId(4))
            .about(Samples.personId(5))
            .withPersonal("name", "Zoë")
            .on("https://intranet.example/100%_Sure")
            .because(Reason.TOKEN_CUT);
    List<Criterion> criteria =
        List.of(
            new Criterion.Type(EventType.PASS),
            new Criterion.Ended(Outcome.REFUSED),
            new Criterion.By(Samples.personId(4)),
            new Criterion.About(Samples.personId(5)),
            new Criterion.Touching("/100%_sure"),
            new Criterion.Because(Reason.TOKEN_CUT),
            new Criterion.Until(NOW.minusSeconds(59)));
    assertThat(kinds(criteria)).hasSize(Criterion.class.getPermittedSubclasses().length - 1);
    try (Opened opened = store().open()) {
      opened.ledger().commit(odd, List.of());
      commits(opened.ledger(), 0, 5);
      for (Criterion criterion : criteria) {
        assertThat(opened.reader().newest(List.of(criterion), 10))
            .as("%s", criterion)
            .extracting(LogEntry::index)
            .containsExactly(1L);
      }
      assertThat(opened.reader().newest(criteria, 10)).hasSize(1);
      assertThat(opened.reader().newest(List.of(new Criterion.From(NOW)), 10)).hasSize(6);
      assertThat(opened.reader().newest(List.of(new Criterion.Touching("wages/_")), 10)).isEmpty();
      assertThat(opened.reader().newest(List.of(new Criterion.Touching("WAGES/3")), 10))
          .extracting(LogEntry::index)
          .containsExactly(5L);
      assertThat(opened.reader().newest(criteria, 1).getFirst().personalData())
          .containsExactly(Map.entry("name", "Zoë"));
    }
  }

  @Test
  default void erase_aPerson_takesTheirPersonalDataAndBreaksNoProof() {
    try (Opened opened = store().open()) {
      commits(opened.ledger(), 0, 9);
      opened.ledger().checkpoint(NOW);
      Event erased = Event.at(NOW, EventType.STAFF_ERASED, Outcome.DONE).about(Samples.personId(2));
      Receipt receipt =
          opened.ledger().commit(erased, List.of(new Change.ErasePersonal(Samples.personId(2))));
      assertThat(receipt.index()).isEqualTo(10);
      opened.ledger().checkpoint(NOW);
    }
    try (Opened opened = store().open()) {
      List<LogEntry> entries = opened.reader().newest(List.of(), 100);
      assertThat(entries)
          .filteredOn(entry -> entry.personal() != null)
          .extracting(LogEntry::index)
          .containsExactly(9L, 7L, 6L, 4L, 3L, 1L);
      assertThat(opened.reader().newest(List.of(new Criterion.About(Samples.personId(2))), 100))
          .isEmpty();
      assertThat(opened.reader().verifyAll(progress -> {}))
          .isInstanceOfSatisfying(
              Verdict.Holds.class, holds -> assertThat(holds.summary().erased()).isEqualTo(3));
    }
  }

  @Test
  default void retag_whileOthersWrite_losesNothingAndGoesOnUnderTheOtherKey() {
    try (Opened opened = store().open()) {
      opened.ledger().commit(event(0), everyChange());
      Thread other =
          Thread.ofPlatform()
              .start(() -> {
                for (int number = 1; number < 60; number++) {
                  opened
                      .ledger()
                      .commit(
                          event(number), List.of(new Change.PutSession(Samples.portal(number))));
                }
              });
      opened.ledger().retag(new TestTagger("another key, as long as the other"), NOW);
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      opened.ledger().retag(new TestTagger(), NOW);
      join(other);
      assertThat(opened.ledger().checkRows()).isEqualTo(new SqlLedger.RowsChecked.Whole());
      assertThat(opened.reader().newest(List.of(new Criterion.Type(EventType.KEYS_CHANGED)), 9))
          .hasSize(2);
    }
    try (Opened opened = store().open()) {
      assertThat(opened.state().changes()).hasSizeGreaterThan(59);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Long> commits(SqlLedger ledger, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(number -> ledger.commit(event(number), List.of()).index())
        .toList();
  }

  private static Set<Class<?>> kinds(List<?> values) {
    Set<Class<?>> kinds = new HashSet<>();
    values.forEach(value -> kinds.add(value.getClass()));
    return kinds;
  }

  private static Opened opened(Opening opening) {
    return switch (opening) {
      case Opening.NewLog(var ledger, var reader, State state) -> new Opened(ledger, reader, state);
      case Opening.Opened(var ledger, var reader, State state) -> new Opened(ledger, reader, state);
      case Opening other -> throw new AssertionError("the log does not open: " + other);
    };
  }

  private static Opening closed(Opening opening) {
    opened(opening).close();
    return opening;
  }
}
