package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.identity.Act;
import io.parano.identity.PersonState;
import io.parano.identity.Proposal;
import io.parano.kernel.ActId;
import io.parano.kernel.Digest;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What officers can bring about, and everything that keeps an act from taking place. */
class ActsTest {
  private final Company company = new Company();

  @Test
  void bootstrap_withOneOfficerTwice_refuses() {
    assertThatThrownBy(() ->
            Bootstrap.begin(
                company.books,
                Company.policy(Company.POLICY),
                List.of(Company.newcomer("olga"), Company.newcomer("olga")),
                company.randomness,
                company.clock.instant()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bootstrap_withStaff_refuses() {
    assertThatThrownBy(() ->
            Bootstrap.begin(
                company.books,
                Company.policy(Company.POLICY),
                List.of(Company.newcomer("mallory"), Company.newcomer("eve")),
                company.randomness,
                company.clock.instant()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void propose_notAnOfficer_refuses() {
    String alice = company.signIn("alice", OFFICE);

    assertThat(company.gate.approving().propose(alice, groups("alice", "sysadmin"), OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.NOT_AN_OFFICER));
  }

  /** What one officer proposes is kept whole: no one of them can fill the memory, or a start. */
  @Test
  void propose_moreThanOneMayLayThere_refusesUntilTimeIsOverAndNobodyElse() {
    String olga = company.signIn("olga", OFFICE);
    for (int i = 0; i < ActsWaiting.MOST; i++) {
      var accepted = proposed(olga);
      if (i % 2 == 0) {
        company.gate.approving().reject(olga, accepted.proposal().id(), OFFICE);
      }
    }
    assertThat(company.gate.approving().propose(olga, groups("alice", "sysadmin"), OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.RATE_LIMITED));
    var _ = proposed(company.signIn("otto", OFFICE));

    company.clock.pass(Duration.ofHours(26));
    new Housekeeping(company.books, company.clock).round();
    assertThat(company.books.docket().proposals()).isEmpty();
    var _ = proposed(company.signIn("olga", OFFICE));
    company.restart();
    assertThat(company.books.docket().proposals())
        .filteredOn(one -> one.state() == Proposal.State.OPEN)
        .hasSize(1);
  }

  private Approving.Proposed.Accepted proposed(String bearer) {
    return (Approving.Proposed.Accepted)
        company.gate.approving().propose(bearer, groups("alice", "sysadmin"), OFFICE);
  }

  @Test
  void propose_largePolicies_refusesWhatIsBeyondTheirRoom() {
    String olga = company.signIn("olga", OFFICE);
    String large = Company.POLICY + "# " + "x".repeat(240 * 1024) + "\n";
    Act act = new Act.ApplyPolicy(company.books.policy().policy().digest(), large);
    int fit = (int) (ActsWaiting.MOST_CHARACTERS / act.canonical().text().length());
    for (int i = 0; i < fit; i++) {
      assertThat(company.gate.approving().propose(olga, act, OFFICE))
          .isInstanceOf(Approving.Proposed.Accepted.class);
    }
    assertThat(company.gate.approving().propose(olga, act, OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.RATE_LIMITED));
    var _ = proposed(olga);
  }

  @Test
  void approve_twoOfficers_executes() {
    assertThat(company.act(groups("alice", "sysadmin"), "olga", "otto"))
        .isInstanceOf(Approving.Approved.Executed.class);
    assertThat(company.person("alice").groups()).containsExactly("sysadmin");
  }

  @Test
  void approve_oneOfficerOfTwo_waitsAndChangesNothing() {
    assertThat(company.act(groups("alice", "sysadmin"), "olga"))
        .isEqualTo(new Approving.Approved.Waiting(1));
    assertThat(company.person("alice").groups()).containsExactly("accounting");
  }

  @Test
  void approve_sameOfficerTwice_countsOnce() {
    assertThat(company.act(groups("alice", "sysadmin"), "olga", "olga"))
        .isEqualTo(new Approving.Approved.Refused(Reason.ALREADY_APPROVED));
    assertThat(company.person("alice").groups()).containsExactly("accounting");
  }

  @Test
  void approve_sameOfficerPastThePage_isRefusedAndListed() {
    String olga = company.signIn("olga", OFFICE);
    var proposed =
        (Approving.Proposed.Accepted)
            company.gate.approving().propose(olga, groups("alice", "sysadmin"), OFFICE);
    var options =
        (Approving.Begun.Options)
            company.gate.approving().begin(olga, proposed.proposal().id(), OFFICE);
    company.sign(proposed.proposal().id(), "olga");

    assertThat(
            company
                .gate
                .approving()
                .approve(
                    olga,
                    proposed.proposal().id(),
                    Company.sign(company.key("olga"), options.challenge(), options.allowed()),
                    OFFICE))
        .isEqualTo(new Approving.Approved.Refused(Reason.ALREADY_APPROVED));
    assertThat(company.ledger.events())
        .anyMatch(event -> event.reason() == Reason.ALREADY_APPROVED);
  }

  @Test
  void approve_forOneself_refuses() {
    assertThat(company.act(groups("olga", "sysadmin"), "olga"))
        .isEqualTo(new Approving.Approved.Refused(Reason.OWN_ACT));
  }

  @Test
  void approve_signatureOverAnotherAct_refuses() {
    ActId harmless = propose(groups("bob", "support"));
    ActId grave = propose(groups("bob", "sysadmin"));
    String olga = company.signIn("olga", OFFICE);
    var options = (Approving.Begun.Options) company.gate.approving().begin(olga, harmless, OFFICE);
    var signature = Company.sign(company.key("olga"), options.challenge(), options.allowed());

    assertThat(company.gate.approving().approve(olga, grave, signature, OFFICE))
        .isEqualTo(new Approving.Approved.Refused(Reason.CHALLENGE_MISMATCH));
    var again = Company.sign(company.key("olga"), options.challenge(), options.allowed());
    assertThat(company.gate.approving().approve(olga, harmless, again, OFFICE))
        .isEqualTo(new Approving.Approved.Waiting(1));
  }

  @Test
  void approve_earlierSignerCutMeanwhile_refusesToExecute() {
    ActId act = propose(groups("bob", "sysadmin"));
    assertThat(company.sign(act, "olga")).isEqualTo(new Approving.Approved.Waiting(1));
    company
        .gate
        .lever()
        .cut(
            new Lever.Target.OnePerson(company.person("olga").id()),
            "drill",
            new Lever.By(null, "control", "uid 0"));

    assertThat(company.sign(act, "otto"))
        .isEqualTo(new Approving.Approved.Refused(Reason.APPROVALS_MISSING));
    assertThat(company.person("bob").groups()).containsExactly("support");
  }

  @Test
  void approve_expired_refuses() {
    ActId act = propose(groups("bob", "sysadmin"));
    company.clock.pass(Duration.ofHours(24));

    assertThat(company.sign(act, "otto"))
        .isEqualTo(new Approving.Approved.Refused(Reason.ACT_EXPIRED));
  }

  @Test
  void approve_rejected_refuses() {
    ActId act = propose(groups("bob", "sysadmin"));
    company.gate.approving().reject(company.signIn("otto", OFFICE), act, OFFICE);

    assertThat(company.sign(act, "olga"))
        .isEqualTo(new Approving.Approved.Refused(Reason.ACT_DONE));
  }

  @Test
  void dismiss_lastTwoOfficers_keepsTheQuorum() {
    Act dismissal = new Act.DismissOfficer(company.person("otto").id());
    String olga = company.signIn("olga", OFFICE);
    assertThat(company.gate.approving().propose(olga, dismissal, OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.QUORUM_WOULD_BREAK));

    company.act(new Act.AppointOfficer(company.person("alice").id()), "olga", "otto");
    assertThat(company.act(dismissal, "olga", "alice"))
        .isInstanceOf(Approving.Approved.Executed.class);
  }

  @Test
  void dismissStaff_closesEveryWayInForGood() {
    String alice = company.signIn("alice", OFFICE);
    Secret code = code(company.act(new Act.EnrolToken(id("alice"), null), "olga"));
    assertThat(company.act(new Act.DismissStaff(id("alice")), "olga", "otto"))
        .isInstanceOf(Approving.Approved.Executed.class);

    assertThat(company.gate.signingIn().who(alice, OFFICE))
        .isInstanceOf(SigningIn.Who.Nobody.class);
    assertThat(company.trySignIn("alice", company.key("alice"), company.password("alice"), OFFICE))
        .isEqualTo(new SigningIn.SignedIn.Refused(Reason.PERSON_GONE));
    assertThat(company.gate.enrolling().begin("alice", code, OFFICE))
        .isEqualTo(new Enrolling.Begun.Refused(Reason.CODE_UNKNOWN));
    String olga = company.signIn("olga", OFFICE);
    for (Act back :
        List.of(
            new Act.ReopenPerson(id("alice")),
            new Act.EnrolToken(id("alice"), null),
            groups("alice", "sysadmin"),
            new Act.AdmitStaff(List.of(Company.newcomer("alice"))))) {
      assertThat(company.gate.approving().propose(olga, back, OFFICE))
          .isEqualTo(new Approving.Proposed.Refused(Reason.ACT_NO_LONGER_APPLIES));
    }
    company.restart();
    assertThat(company.person("alice").state()).isEqualTo(PersonState.GONE);
    assertThat(company.books.roster().passwordOf(id("alice"))).isEmpty();
  }

  @Test
  void dismissStaff_oneOfTwoOfficers_keepsTheQuorum() {
    String olga = company.signIn("olga", OFFICE);
    Act dismissal = new Act.DismissStaff(id("otto"));
    assertThat(company.gate.approving().propose(olga, dismissal, OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.QUORUM_WOULD_BREAK));

    company.act(new Act.AppointOfficer(id("alice")), "olga", "otto");
    assertThat(company.act(dismissal, "olga", "alice"))
        .isInstanceOf(Approving.Approved.Executed.class);
    assertThat(company.person("otto").officer()).isFalse();
  }

  @Test
  void eraseStaff_ofSomebodyWhoIsStillHere_refuses() {
    String olga = company.signIn("olga", OFFICE);

    assertThat(company.gate.approving().propose(olga, new Act.EraseStaff(id("alice")), OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.ACT_NO_LONGER_APPLIES));
  }

  @Test
  void eraseStaff_leavesNothingThatSaysWhoItWas() {
    var alice = id("alice");
    company.act(new Act.DismissStaff(alice), "olga", "otto");
    assertThat(acts()).anyMatch(text -> text.contains("alice@example.test"));
    company.act(new Act.EraseStaff(alice), "olga", "otto");
    assertThat(acts()).noneMatch(text -> text.contains("alice@example.test"));
    company.restart();
    assertThat(acts()).noneMatch(text -> text.contains("alice@example.test")).isNotEmpty();

    var erased = Objects.requireNonNull(company.books.roster().person(alice));
    assertThat(erased.name()).isEqualTo("gone." + alice);
    assertThat(erased.displayName() + erased.email() + erased.groups()).isEqualTo("[]");
    assertThat(company.books.roster().named("alice")).isEmpty();
    assertThat(company.books.roster().tokensOf(alice)).allMatch(token -> token.label().isEmpty());
    String olga = company.signIn("olga", OFFICE);
    assertThat(company.gate.approving().propose(olga, new Act.EraseStaff(alice), OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.ACT_NO_LONGER_APPLIES));
    company.admit(Company.newcomer("alice"));
    assertThat(id("alice")).isNotEqualTo(alice);
  }

  @Test
  void applyPolicy_replacingAnotherThanTheOneInForce_refuses() {
    String stricter = Company.POLICY.replace("touch: 5m", "touch: 1m");
    String olga = company.signIn("olga", OFFICE);
    Act stale = new Act.ApplyPolicy(Digest.of(new byte[] {1}), stricter);
    assertThat(company.gate.approving().propose(olga, stale, OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.ACT_NO_LONGER_APPLIES));

    Act current = new Act.ApplyPolicy(company.books.policy().policy().digest(), stricter);
    assertThat(company.act(current, "olga", "otto"))
        .isInstanceOf(Approving.Approved.Executed.class);
    assertThat(company.books.policy().version()).isEqualTo(2);
  }

  @Test
  void changeGroups_endsWhatWasGrantedBefore() {
    String alice = company.signIn("alice", OFFICE);
    company.act(groups("alice", "support"), "olga", "otto");

    assertThat(company.gate.signingIn().who(alice, OFFICE))
        .isEqualTo(new SigningIn.Who.Nobody(Reason.CREDENTIALS_CHANGED));
  }

  @Test
  void replaceToken_cutsTheLostOneAndWantsThePassword() {
    var lost = company.key("alice");
    Secret code = code(company.act(new Act.ReplaceToken(id("alice"), null), "olga", "otto"));
    company.lose("alice");

    assertThat(
            company.tryEnrol("alice", code, company.key("alice"), company.password("bob"), OFFICE))
        .isEqualTo(new Enrolling.Finished.Again(Reason.PASSWORD_WRONG));
    company.enrol("alice", code, OFFICE);
    assertThat(company.signIn("alice", OFFICE)).isNotEmpty();
    assertThat(company.trySignIn("alice", lost, company.password("alice"), OFFICE))
        .isEqualTo(new SigningIn.SignedIn.Refused(Reason.TOKEN_CUT));
  }

  @Test
  void enrol_codeUsedTwice_refuses() {
    Secret code = code(company.act(new Act.EnrolToken(id("alice"), null), "olga"));
    company.lose("alice");
    company.enrol("alice", code, OFFICE);

    assertThat(
            company.tryEnrol("alice", code, company.freshKey(), company.password("alice"), OFFICE))
        .isEqualTo(new Enrolling.Finished.Refused(Reason.CODE_UNKNOWN));
  }

  @Test
  void enrol_wrongNameSourceOrTime_refuses() {
    Secret code = code(company.act(new Act.EnrolToken(id("alice"), null), "olga"));
    var key = company.freshKey();

    assertThat(company.tryEnrol("bob", code, key, company.password("bob"), OFFICE))
        .isEqualTo(new Enrolling.Finished.Refused(Reason.CODE_UNKNOWN));
    assertThat(company.tryEnrol("alice", code, key, company.password("alice"), OUTSIDE))
        .isEqualTo(new Enrolling.Finished.Refused(Reason.SOURCE_UNLISTED));
    company.clock.pass(Duration.ofMinutes(10));
    assertThat(company.tryEnrol("alice", code, key, company.password("alice"), OFFICE))
        .isEqualTo(new Enrolling.Finished.Refused(Reason.CODE_EXPIRED));
  }

  @Test
  void enrol_weakPassword_asksForAnother() {
    company.admit(Company.newcomer("carol", "support"));
    Secret code = code(company.act(new Act.EnrolToken(id("carol"), null), "otto"));

    assertThat(
            company.tryEnrol("carol", code, company.key("carol"), Secret.ofText("short"), OFFICE))
        .isEqualTo(new Enrolling.Finished.Again(Reason.PASSWORD_TOO_SHORT));
    assertThat(company.person("carol").state()).isEqualTo(PersonState.INVITED);
    company.enrol("carol", code, OFFICE);
    assertThat(company.person("carol").state()).isEqualTo(PersonState.ACTIVE);
  }

  @Test
  void begin_forSomebodyWithATokenAlready_excludesIt() {
    Secret code = code(company.act(new Act.EnrolToken(id("alice"), null), "olga"));
    var options = (Enrolling.Begun.Options) company.gate.enrolling().begin("alice", code, OFFICE);
    assertThat(options.exclude()).isEqualTo(company.key("alice").credentialIds("example.test"));
  }

  @Test
  void open_tellsWhatChangesFromThePresent() {
    Approving.Pending moved = pending(groups("bob", "sysadmin", "accounting"));
    assertThat(moved.difference()).containsExactly("+ accounting", "+ sysadmin", "- support");

    Approving.Pending lost = pending(new Act.ReplaceToken(id("alice"), null));
    assertThat(lost.difference()).singleElement().asString().startsWith("- alice's key (");

    assertThat(pending(new Act.AppointOfficer(id("bob"))).difference()).isEmpty();
  }

  /// What the proposals say, done or not.
  private List<String> acts() {
    return company.books.docket().proposals().stream()
        .map(proposal -> proposal.act().canonical().text())
        .toList();
  }

  private Approving.Pending pending(Act act) {
    ActId id = propose(act);
    var listed =
        (Approving.Listed.Acts)
            company.gate.approving().open(company.signIn("otto", OFFICE), OFFICE);
    return listed.pending().stream()
        .filter(pending -> pending.proposal().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void restart_keepsProposalsAndSignatures() {
    ActId act = propose(groups("bob", "sysadmin"));
    company.sign(act, "olga");
    company.restart();

    assertThat(company.sign(act, "otto")).isInstanceOf(Approving.Approved.Executed.class);
    assertThat(company.person("bob").groups()).containsExactly("sysadmin");
  }

  private ActId propose(Act act) {
    String olga = company.signIn("olga", OFFICE);
    return ((Approving.Proposed.Accepted) company.gate.approving().propose(olga, act, OFFICE))
        .proposal()
        .id();
  }

  private static Secret code(Approving.Approved approved) {
    return Objects.requireNonNull(Company.executed(approved).code());
  }

  private io.parano.kernel.PersonId id(String name) {
    return company.person(name).id();
  }

  private Act groups(String name, String... groups) {
    return new Act.ChangeGroups(id(name), new TreeSet<>(List.of(groups)));
  }
}
