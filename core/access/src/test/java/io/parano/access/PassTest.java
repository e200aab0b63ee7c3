package io.parano.access;

import static io.parano.access.Company.HOST;
import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_DESK;
import static io.parano.access.Company.OTHER_HOST;
import static io.parano.access.Company.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.EventType;
import io.parano.identity.Identity;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a proxy is told; each test begins with the request that passes and changes one thing. */
class PassTest {
  private final Company company = new Company();
  private final Lever.By operator = new Lever.By(null, "control", "uid 0");
  private String portal = "";
  private String wages = "";

  @BeforeEach
  void alicePasses() {
    portal = company.signIn("alice", OFFICE);
    wages = company.hostSession(portal, HOST, OFFICE);
    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);
  }

  @Test
  void pass_granted_tellsTheApplicationWhoItIs() {
    assertThat(company.pass(wages, HOST, "/", OFFICE))
        .isEqualTo(
            new Passing.Answer.Allowed(
                new Identity("alice", "alice", "alice@example.test", List.of("accounting")), null));
  }

  @Test
  void pass_firstUse_isRecordedOnceAndRepeatsAreCounted() {
    company.pass(wages, HOST, "/again", OFFICE);

    assertThat(company.ledger.events())
        .filteredOn(event -> event.type() == EventType.PASS)
        .hasSize(1);
    assertThat(
            company
                .books
                .sessions()
                .where(session -> session.host().equals(HOST))
                .getFirst()
                .passes())
        .isEqualTo(2);
  }

  @Test
  void pass_cookieFromAnotherAddress_asksToSignIn() {
    assertThat(company.pass(wages, HOST, "/", OTHER_DESK))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SOURCE_CHANGED));
    assertThat(company.pass(wages, HOST, "/", OUTSIDE))
        .isEqualTo(new Passing.Answer.Refused(Reason.SOURCE_UNLISTED));
  }

  @Test
  void pass_cookieOfAnotherHost_opensNothing() {
    assertThat(company.pass(wages, OTHER_HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_OF_OTHER_HOST));
    assertThat(company.pass(portal, HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_OF_OTHER_HOST));
    assertThat(company.gate.signingIn().who(wages, OFFICE))
        .isEqualTo(new SigningIn.Who.Nobody(Reason.SESSION_OF_OTHER_HOST));
  }

  @Test
  void pass_idle_isOver() {
    company.clock.pass(Duration.ofMinutes(14));
    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);
    company.clock.pass(Duration.ofMinutes(15));

    assertThat(company.pass(wages, HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_IDLE));
  }

  @Test
  void pass_twelveHours_isOverHoweverBusy() {
    for (int i = 0; i < 12 * 6 - 1; i++) {
      company.clock.pass(Duration.ofMinutes(10));
      assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);
    }
    company.clock.pass(Duration.ofMinutes(10));

    assertThat(company.pass(wages, HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_EXPIRED));
  }

  @Test
  void pass_otherGroup_refuses() {
    String bob = company.hostSession(company.signIn("bob", OFFICE), HOST, OFFICE);

    assertThat(company.pass(bob, HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.Refused(Reason.GROUP_MISSING));
  }

  @Test
  void pass_staleTouch_stepsUpAndThenPasses() {
    assertThat(company.pass(wages, HOST, "/payday/run", OFFICE))
        .isInstanceOf(Passing.Answer.Allowed.class);
    company.clock.pass(Duration.ofMinutes(6));
    assertThat(company.pass(wages, HOST, "/payday/run", OFFICE))
        .isEqualTo(new Passing.Answer.StepUp(Duration.ofMinutes(5)));

    String ceremony = company.ceremonyOf(company.gate.signingIn().beginStepUp(portal, OFFICE));
    assertThat(
            company
                .gate
                .signingIn()
                .stepUp(
                    portal,
                    ceremony,
                    Company.sign(company.key("alice"), company.challenge(), company.allowed()),
                    OFFICE))
        .isEqualTo(new SigningIn.Touched.Accepted());
    assertThat(company.pass(wages, HOST, "/payday/run", OFFICE))
        .isInstanceOf(Passing.Answer.Allowed.class);
  }

  @Test
  void pass_withoutCookie_asksToSignInAndLeavesNoTrace() {
    int before = company.ledger.events().size();

    assertThat(company.pass(null, HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_MISSING));
    assertThat(company.ledger.events()).hasSize(before);
  }

  @Test
  void pass_malformedCookies_openNothing() {
    for (String bearer : new String[] {"", "x", wages + "A", wages.substring(1), "é".repeat(43)}) {
      assertThat(company.pass(bearer, HOST, "/", OFFICE))
          .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_UNKNOWN));
    }
  }

  @Test
  void hostCode_usedTwice_isRefusedTheSecondTime() {
    var issued =
        (SigningIn.HostCode.Issued) company.gate.signingIn().hostCode(portal, HOST, OFFICE);
    String code = Company.text(issued.code());
    assertThat(company.gate.signingIn().redeem(code, HOST, OFFICE))
        .isInstanceOf(SigningIn.Granted.Session.class);

    assertThat(company.gate.signingIn().redeem(code, HOST, OFFICE))
        .isEqualTo(new SigningIn.Granted.Refused(Reason.CODE_UNKNOWN));
  }

  @Test
  void hostCode_otherHostAddressOrMinute_isRefused() {
    assertThat(company.gate.signingIn().redeem(code(), OTHER_HOST, OFFICE))
        .isEqualTo(new SigningIn.Granted.Refused(Reason.SESSION_OF_OTHER_HOST));
    assertThat(company.gate.signingIn().redeem(code(), HOST, OTHER_DESK))
        .isEqualTo(new SigningIn.Granted.Refused(Reason.SOURCE_CHANGED));
    String late = code();
    company.clock.pass(Duration.ofMinutes(1));
    assertThat(company.gate.signingIn().redeem(late, HOST, OFFICE))
        .isEqualTo(new SigningIn.Granted.Refused(Reason.CODE_EXPIRED));
  }

  @Test
  void signOut_endsTheSessionsOfEveryHost() {
    company.gate.signingIn().signOut(portal, OFFICE);

    assertThat(company.pass(wages, HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_CUT));
  }

  @Test
  void cut_person_endsTheirSessionsAndNobodyElses() {
    String bob = company.hostSession(company.signIn("bob", OFFICE), OTHER_HOST, OFFICE);

    Lever.Report report =
        company
            .gate
            .lever()
            .cut(new Lever.Target.OnePerson(company.person("alice").id()), "drill", operator);

    assertThat(report.sessionsEnded()).isPositive();
    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.SignIn.class);
    assertThat(company.trySignIn("alice", company.key("alice"), company.password("alice"), OFFICE))
        .isEqualTo(new SigningIn.SignedIn.Refused(Reason.PERSON_FROZEN));
    assertThat(company.pass(bob, OTHER_HOST, "/", OFFICE))
        .isInstanceOf(Passing.Answer.Allowed.class);
  }

  /// What was read ahead must not outlive the cut that comes between it and the decision.
  @Test
  void cut_afterItWasReadAhead_isRefusedAndWithoutTheCutAllowed() {
    Passing passing = company.gate.passing();
    Passing.Sought sought =
        passing.seek(new Passing.Question(wages, HOST, "/", "GET", false, OFFICE, "nginx"));
    Passing.Sought nobodys =
        passing.seek(new Passing.Question("no bearer", HOST, "/", "GET", false, OFFICE, "nginx"));
    passing.fetch(List.of(sought, nobodys));
    assertThat(passing.pass(sought)).isInstanceOf(Passing.Answer.Allowed.class);

    passing.fetch(List.of(sought, nobodys));
    company.gate.lever().cut(new Lever.Target.Everybody(), "drill", operator);
    assertThat(passing.pass(sought)).isInstanceOf(Passing.Answer.RecordFirst.class);
    assertThat(passing.passRecorded(sought.question()))
        .isEqualTo(new Passing.Answer.Refused(Reason.EVERYBODY_CUT));
  }

  @Test
  void cut_network_holdsAfterARestart() {
    company
        .gate
        .lever()
        .cut(new Lever.Target.OneNetwork(IpPrefix.parse("192.0.2.0/28")), "drill", operator);
    company.restart();

    assertThat(company.pass(wages, HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.Refused(Reason.SOURCE_CUT));
    assertThat(company.trySignIn("bob", company.key("bob"), company.password("bob"), OFFICE))
        .isEqualTo(new SigningIn.SignedIn.Refused(Reason.SOURCE_CUT));
  }

  @Test
  void cut_everybody_leavesOfficersOnlyTheirActs() {
    company.gate.lever().cut(new Lever.Target.Everybody(), "drill", operator);

    assertThat(company.pass(wages, HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.Refused(Reason.EVERYBODY_CUT));
    assertThat(company.trySignIn("alice", company.key("alice"), company.password("alice"), OFFICE))
        .isEqualTo(new SigningIn.SignedIn.Refused(Reason.EVERYBODY_CUT));
    String olga = company.signIn("olga", OFFICE);
    assertThat(company.gate.signingIn().hostCode(olga, OTHER_HOST, OFFICE))
        .isEqualTo(new SigningIn.HostCode.Refused(Reason.EVERYBODY_CUT));
    company.act(new io.parano.identity.Act.ReopenEverybody(), "olga", "otto");
    assertThat(company.signIn("alice", OFFICE)).isNotEmpty();
    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.SignIn.class);
  }

  @Test
  void cut_logFull_holdsAllTheSame() {
    company.ledger.fill();

    company
        .gate
        .lever()
        .cut(new Lever.Target.OnePerson(company.person("alice").id()), "drill", operator);

    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.SignIn.class);
  }

  @Test
  void restart_keepsWhatWasGrantedAndNoMore() {
    company.restart();

    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);
    company.clock.pass(Duration.ofMinutes(15));
    company.restart();
    assertThat(company.pass(wages, HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_IDLE));
  }

  @Test
  void noteSeen_littleLaterThanTheStoreKnows_isLeftOutUntilTheEnd() {
    company.clock.pass(Duration.ofMinutes(3));
    company.pass(wages, HOST, "/", OFFICE);
    company.books.noteSeen();
    assertThat(company.ledger.state().lastSeen()).isEmpty();

    company.books.noteAllSeen();

    assertThat(company.ledger.state().lastSeen().values())
        .containsOnly(company.clock.instant())
        .hasSize(2);
  }

  @Test
  void noteSeen_muchLaterThanTheStoreKnows_outlivesARestart() {
    company.clock.pass(Duration.ofMinutes(10));
    company.pass(wages, HOST, "/", OFFICE);
    company.books.noteSeen();
    company.clock.pass(Duration.ofMinutes(3));
    company.pass(wages, HOST, "/", OFFICE);
    company.books.noteSeen();
    company.restart();
    company.clock.pass(Duration.ofMinutes(11));

    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);

    // As seen at ten minutes: less than a quarter of the idle time, and never more, is forgotten.
    company.restart();
    company.clock.pass(Duration.ofMinutes(1));
    assertThat(company.pass(wages, HOST, "/", OFFICE))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_IDLE));
  }

  private String code() {
    SigningIn.HostCode issued = company.gate.signingIn().hostCode(portal, HOST, OFFICE);
    return Company.text(((SigningIn.HostCode.Issued) issued).code());
  }
}
