package io.parano.access;

import static io.parano.access.Company.HOST;
import static io.parano.access.Company.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Act;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.PersonState;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * The lever pulled at the worst moment: while something that would give is waiting for its disk.
 * Whatever the order, what was cut stays cut, in memory and after a restart.
 */
class RaceTest {
  private static final IpPrefix OFFICES = IpPrefix.parse("192.0.2.0/28");

  private Company company = new Company();

  @Test
  void pass_cutWhileFirstUseIsWritten_refuses() {
    String wages = company.hostSession(company.signIn("alice", OFFICE), HOST, OFFICE);
    company.ledger.stall(() -> cut(new Lever.Target.OnePerson(id("alice"))));

    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.SignIn.class);
  }

  @Test
  void pass_nothingCutWhileFirstUseIsWritten_passes() {
    String wages = company.hostSession(company.signIn("alice", OFFICE), HOST, OFFICE);
    company.ledger.stall(() -> cut(new Lever.Target.OnePerson(id("bob"))));

    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);
  }

  @Test
  void signIn_cutWhileTheGrantIsWritten_opensNothing() {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin("alice", OFFICE));
    company.touch("alice", company.key("alice"), ceremony, OFFICE);
    company.ledger.stall(() -> cut(new Lever.Target.OnePerson(id("alice"))));

    var signedIn = company.gate.signingIn().password(ceremony, company.password("alice"), OFFICE);
    String bearer = Company.text(((SigningIn.SignedIn.Accepted) signedIn).bearer());

    assertNobody(bearer);
    company.restart();
    assertNobody(bearer);
    company.act(new Act.ReopenPerson(id("alice")), "olga");
    assertNobody(bearer);
  }

  /** Whoever has touched and knows the password of before, while officers make it void. */
  @Test
  void signIn_passwordMadeVoidWhileItIsHashed_opensNothingAndWithAnotherOneVoidItDoes() {
    for (String voided : List.of("alice", "bob")) {
      String ceremony = company.ceremonyOf(company.gate.signingIn().begin("alice", OFFICE));
      company.touch("alice", company.key("alice"), ceremony, OFFICE);
      company.whileHashing(() -> company.act(new Act.ResetPassword(id(voided)), "olga", "otto"));

      var signedIn = company.gate.signingIn().password(ceremony, company.password("alice"), OFFICE);
      if (voided.equals("alice")) {
        assertThat(signedIn).isEqualTo(new SigningIn.SignedIn.Refused(Reason.CREDENTIALS_CHANGED));
        company = new Company();
      } else {
        assertThat(signedIn).isInstanceOf(SigningIn.SignedIn.Accepted.class);
      }
    }
  }

  /** A host session that is granted after it was worked out which ones a cut takes. */
  @Test
  void hostSession_grantedWhileItsPortalSessionIsEnded_isOverWithIt() {
    String portal = company.signIn("alice", OFFICE);
    List<Change> ends = Endings.of(company.books, session -> session.person().equals(id("alice")));
    String wages = company.hostSession(portal, HOST, OFFICE);
    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);

    company.books.withdraw(Event.at(company.clock.instant(), EventType.CUT, Outcome.DONE), ends);
    assertThat(company.pass(wages, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.SignIn.class);
  }

  /** Two cuts at once, of which the second does not wait for the first one's disk. */
  @Test
  void cut_thatOvertookAnother_isNotDoneOnceMoreAfterSomebodyReopens() {
    company.ledger.stall(() -> elsewhere(() -> cut(new Lever.Target.OnePerson(id("alice")))));
    cut(new Lever.Target.OneNetwork(IpPrefix.parse("203.0.113.0/24")));
    assertThat(company.person("alice").state()).isEqualTo(PersonState.FROZEN);

    company.act(new Act.ReopenPerson(id("alice")), "olga");
    assertThat(company.person("alice").state()).isEqualTo(PersonState.ACTIVE);
  }

  @Test
  void reopenPerson_cutAgainMeanwhile_staysCut() {
    cut(new Lever.Target.OnePerson(id("alice")));
    Act act = new Act.ReopenPerson(id("alice"));
    executeWhile(act, () -> cut(new Lever.Target.OnePerson(id("alice"))), "olga");

    assertThat(company.person("alice").state()).isEqualTo(PersonState.FROZEN);
    company.restart();
    assertThat(company.person("alice").state()).isEqualTo(PersonState.FROZEN);
    company.act(act, "olga");
    assertThat(company.person("alice").state()).isEqualTo(PersonState.ACTIVE);
  }

  @Test
  void changeGroups_cutMeanwhile_staysCut() {
    Act act = new Act.ChangeGroups(id("alice"), new java.util.TreeSet<>());
    executeWhile(act, () -> cut(new Lever.Target.OnePerson(id("alice"))), "olga", "otto");

    assertThat(company.person("alice").state()).isEqualTo(PersonState.FROZEN);
    company.restart();
    assertThat(company.person("alice").state()).isEqualTo(PersonState.FROZEN);
  }

  @Test
  void dismissOfficer_cutMeanwhile_isNoOfficerAndStaysCut() {
    company.act(new Act.AppointOfficer(id("alice")), "olga", "otto");
    Act act = new Act.DismissOfficer(id("alice"));
    executeWhile(act, () -> cut(new Lever.Target.OnePerson(id("alice"))), "olga", "otto");

    for (int start = 0; start < 2; start++) {
      assertThat(company.person("alice").officer()).isFalse();
      assertThat(company.person("alice").state()).isEqualTo(PersonState.FROZEN);
      company.restart();
    }
  }

  @Test
  void dismissStaff_cutAfterItWasWritten_staysGone() {
    Act act = new Act.DismissStaff(id("alice"));
    Runnable cut = () -> elsewhere(() -> cut(new Lever.Target.OnePerson(id("alice"))));
    sign(act, () -> company.ledger.stall(() -> company.ledger.linger(cut)), "olga", "otto");

    for (int start = 0; start < 2; start++) {
      assertThat(company.person("alice").state()).isEqualTo(PersonState.GONE);
      company.restart();
    }
  }

  @Test
  void reopenToken_cutAgainMeanwhile_staysCut() {
    AuthenticatorId token = company.books.roster().tokensOf(id("alice")).getFirst().id();
    cut(new Lever.Target.OneToken(token));
    Act act = new Act.ReopenToken(token, id("alice"));
    executeWhile(act, () -> cut(new Lever.Target.OneToken(token)), "olga", "otto");

    assertThat(state(token)).isEqualTo(AuthenticatorState.CUT);
    company.restart();
    assertThat(state(token)).isEqualTo(AuthenticatorState.CUT);
    company.act(act, "olga", "otto");
    assertThat(state(token)).isEqualTo(AuthenticatorState.ACTIVE);
  }

  @Test
  void reopenNetwork_cutAgainMeanwhile_staysCut() {
    IpPrefix elsewhere = IpPrefix.parse("203.0.113.0/24");
    cut(new Lever.Target.OneNetwork(elsewhere));
    Act act = new Act.ReopenNetwork(elsewhere);
    executeWhile(act, () -> cut(new Lever.Target.OneNetwork(elsewhere)), "olga", "otto");

    assertThat(company.books.closures().networks()).containsExactly(elsewhere);
    company.restart();
    assertThat(company.books.closures().networks()).containsExactly(elsewhere);
    company.act(act, "olga", "otto");
    assertThat(company.books.closures().networks()).isEmpty();
  }

  @Test
  void reopenZone_cutAgainMeanwhile_staysCut() {
    cut(new Lever.Target.OneZone("vpn"));
    Act act = new Act.ReopenZone("vpn");
    executeWhile(act, () -> cut(new Lever.Target.OneZone("vpn")), "olga", "otto");

    assertThat(company.books.closures().zones()).containsOnlyKeys("vpn");
    company.restart();
    assertThat(company.books.closures().zones()).containsOnlyKeys("vpn");
    company.act(act, "olga", "otto");
    assertThat(company.books.closures().zones()).isEmpty();
  }

  @Test
  void reopenEverybody_cutAgainMeanwhile_staysCut() {
    cut(new Lever.Target.Everybody());
    Act act = new Act.ReopenEverybody();
    executeWhile(act, () -> cut(new Lever.Target.Everybody()), "olga", "otto");

    assertThat(company.books.closures().everybody()).isTrue();
    company.restart();
    assertThat(company.books.closures().everybody()).isTrue();
    company.act(act, "olga", "otto");
    assertThat(company.books.closures().everybody()).isFalse();
  }

  @Test
  void cut_withAnActUnderWay_isDoneTwiceAndNotAThirdTime() {
    Act act = new Act.ChangeGroups(id("bob"), new java.util.TreeSet<>());
    executeWhile(act, () -> cut(new Lever.Target.OneNetwork(OFFICES)), "olga", "otto");

    assertThat(company.ledger.events())
        .filteredOn(event -> event.type() == EventType.CUT)
        .hasSize(2);
  }

  /** Signs up to the last signature, whose execution is on its way to the disk when `during`. */
  private void executeWhile(Act act, Runnable during, String... officers) {
    sign(act, () -> company.ledger.stall(() -> elsewhere(during)), officers);
  }

  /** The same, where `before` comes between the last signature and its execution. */
  private void sign(Act act, Runnable before, String... officers) {
    String last = officers[officers.length - 1];
    String proposer = company.signIn(last, OFFICE);
    var proposed =
        (Approving.Proposed.Accepted) company.gate.approving().propose(proposer, act, OFFICE);
    for (String officer : officers) {
      String bearer = company.signIn(officer, OFFICE);
      var options =
          (Approving.Begun.Options)
              company.gate.approving().begin(bearer, proposed.proposal().id(), OFFICE);
      var signature = Company.sign(company.key(officer), options.challenge(), options.allowed());
      if (officer.equals(last)) {
        // The signature is one commit, what it brings about the next.
        company.ledger.stall(before);
      }
      company.gate.approving().approve(bearer, proposed.proposal().id(), signature, OFFICE);
    }
  }

  private static void elsewhere(Runnable during) {
    try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
      other.execute(during);
    }
  }

  private void cut(Lever.Target target) {
    company.gate.lever().cut(target, "drill", new Lever.By(null, "control", "uid 0"));
  }

  private void assertNobody(String bearer) {
    assertThat(company.gate.signingIn().who(bearer, OFFICE))
        .isInstanceOf(SigningIn.Who.Nobody.class);
  }

  private AuthenticatorState state(AuthenticatorId token) {
    return java.util.Objects.requireNonNull(company.books.roster().token(token)).state();
  }

  private PersonId id(String name) {
    return company.person(name).id();
  }
}
