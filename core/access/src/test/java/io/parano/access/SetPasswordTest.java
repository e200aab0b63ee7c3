package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_DESK;
import static io.parano.access.Company.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.SettingPassword.Chosen;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Act;
import io.parano.kernel.ActId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.testkit.SecurityKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A new password while the token is kept: officers' reset, and one's own change.
class SetPasswordTest {
  private static final Secret FRESH = Secret.ofText("seven grey herons at noon");

  private final Company company = new Company();

  @Test
  void reset_signedByTwo_voidsThePasswordAtOnce() {
    String alice = company.signIn("alice", OFFICE);
    ActId act = propose(new Act.ResetPassword(id("alice")));
    company.sign(act, "olga");
    assertThat(signIn("alice", company.password("alice")))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);

    assertThat(company.sign(act, "otto")).isInstanceOf(Approving.Approved.Executed.class);

    assertThat(company.gate.signingIn().who(alice, OFFICE))
        .isEqualTo(new SigningIn.Who.Nobody(Reason.CREDENTIALS_CHANGED));
    assertThat(signIn("alice", company.password("alice")))
        .isEqualTo(new SigningIn.SignedIn.Again(Reason.PASSWORD_WRONG));
    company.restart();
    assertThat(signIn("alice", company.password("alice")))
        .isEqualTo(new SigningIn.SignedIn.Again(Reason.PASSWORD_WRONG));
  }

  @Test
  void reset_codeTouchAndNewPassword_letsThemIn() {
    Secret code = opened("alice");

    assertThat(reset("alice", code, company.key("alice"), FRESH, OFFICE))
        .isEqualTo(new Chosen.Done());
    assertThat(signIn("alice", FRESH)).isInstanceOf(SigningIn.SignedIn.Accepted.class);
    assertThat(reset("alice", code, company.key("alice"), FRESH, OFFICE))
        .isEqualTo(refused(Reason.CODE_UNKNOWN));
    Event told = last(EventType.PASSWORD_SET);
    assertThat(told.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(told.personal()).containsEntry("source", OFFICE.toString());
  }

  @Test
  void reset_wrongNameSourceTokenOrTime_refuses() {
    Secret code = opened("alice");

    assertThat(reset("bob", code, company.key("bob"), FRESH, OFFICE))
        .isEqualTo(refused(Reason.CODE_UNKNOWN));
    assertThat(reset("alice", code, company.key("alice"), FRESH, OUTSIDE))
        .isEqualTo(refused(Reason.SOURCE_UNLISTED));
    assertThat(reset("alice", code, company.key("bob"), FRESH, OFFICE))
        .isEqualTo(refused(Reason.TOKEN_OF_OTHER_PERSON));
    company.clock.pass(Duration.ofMinutes(10));
    assertThat(reset("alice", code, company.key("alice"), FRESH, OFFICE))
        .isEqualTo(refused(Reason.CODE_EXPIRED));
  }

  @Test
  void reset_withoutTouch_choosesNothing() {
    Secret code = opened("alice");
    String ceremony =
        company.ceremonyOf(company.gate.settingPassword().beginReset("alice", code, OFFICE));

    assertThat(company.gate.settingPassword().choose(ceremony, Secret.ofText(""), FRESH, OFFICE))
        .isEqualTo(refused(Reason.CEREMONY_UNKNOWN));
  }

  @Test
  void reset_whileOfficersFreezeThem_refuses() {
    Secret code = opened("alice");
    SettingPassword setting = company.gate.settingPassword();
    String ceremony = company.ceremonyOf(setting.beginReset("alice", code, OFFICE));
    assertThat(touch("alice", ceremony)).isEqualTo(new SigningIn.Touched.Accepted());
    company
        .gate
        .lever()
        .cut(new Lever.Target.OnePerson(id("alice")), "test", new Lever.By(null, "test", "here"));

    assertThat(setting.choose(ceremony, Secret.ofText(""), FRESH, OFFICE))
        .isEqualTo(refused(Reason.PERSON_FROZEN));
  }

  @Test
  void reset_codeForAPassword_enrolsNoToken() {
    Secret code = opened("alice");
    assertThat(company.gate.enrolling().begin("alice", code, OFFICE))
        .isEqualTo(new Enrolling.Begun.Refused(Reason.CODE_UNKNOWN));

    Secret forToken = code(company.act(new Act.ReplaceToken(id("bob"), null), "olga", "otto"));
    assertThat(reset("bob", forToken, company.key("bob"), FRESH, OFFICE))
        .isEqualTo(refused(Reason.CODE_UNKNOWN));
    assertThat(company.gate.enrolling().begin("bob", forToken, OFFICE))
        .isInstanceOf(Enrolling.Begun.Options.class);
  }

  @Test
  void enrol_byOneOfficerWhileThePasswordIsVoid_refuses() {
    opened("alice");
    Act another = new Act.EnrolToken(id("alice"), null);
    String olga = company.signIn("olga", OFFICE);

    assertThat(company.gate.approving().propose(olga, another, OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.ACT_NO_LONGER_APPLIES));
    assertThat(company.gate.approving().propose(olga, new Act.EnrolToken(id("bob"), null), OFFICE))
        .isInstanceOf(Approving.Proposed.Accepted.class);
  }

  @Test
  void reset_openedTwice_lastCodeWorks() {
    Secret first = opened("alice");
    Secret second = opened("alice");

    assertThat(reset("alice", first, company.key("alice"), FRESH, OFFICE))
        .isEqualTo(refused(Reason.CODE_UNKNOWN));
    assertThat(reset("alice", second, company.key("alice"), FRESH, OFFICE))
        .isEqualTo(new Chosen.Done());
  }

  @Test
  void reset_ofSomebodyInvitedOrCut_refuses() {
    company.admit(Company.newcomer("carol"));
    String olga = company.signIn("olga", OFFICE);

    assertThat(company.gate.approving().propose(olga, new Act.ResetPassword(id("carol")), OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(Reason.ACT_NO_LONGER_APPLIES));
  }

  @Test
  void reset_theirOwn_isForOthersToSign() {
    ActId act = propose(new Act.ResetPassword(id("otto")));

    assertThat(company.sign(act, "otto")).isEqualTo(new Approving.Approved.Refused(Reason.OWN_ACT));
  }

  @Test
  void reset_passwordOfBefore_mayNotComeBack() {
    Secret code = opened("alice");
    SettingPassword setting = company.gate.settingPassword();
    String ceremony = company.ceremonyOf(setting.beginReset("alice", code, OFFICE));
    touch("alice", ceremony);

    assertThat(setting.choose(ceremony, Secret.ofText(""), company.password("alice"), OFFICE))
        .isEqualTo(new Chosen.Again(Reason.PASSWORD_USED_BEFORE));
    assertThat(setting.choose(ceremony, Secret.ofText(""), FRESH, OFFICE))
        .isEqualTo(new Chosen.Done());
  }

  @Test
  void change_threeLevels_replacesAndSignsOutEverywhere() {
    String alice = company.signIn("alice", OFFICE);
    String elsewhere = company.signIn("alice", OTHER_DESK);

    assertThat(change(alice, "alice", company.password("alice"), FRESH))
        .isEqualTo(new Chosen.Done());

    assertThat(company.gate.signingIn().who(elsewhere, OTHER_DESK))
        .isEqualTo(new SigningIn.Who.Nobody(Reason.CREDENTIALS_CHANGED));
    assertThat(signIn("alice", company.password("alice")))
        .isEqualTo(new SigningIn.SignedIn.Again(Reason.PASSWORD_WRONG));
    assertThat(signIn("alice", FRESH)).isInstanceOf(SigningIn.SignedIn.Accepted.class);
    Event told = last(EventType.PASSWORD_SET);
    assertThat(told.facts()).containsEntry("how", "changed").containsKeys("token", "session");
    assertThat(told.personal()).containsEntry("source", OFFICE.toString());
    assertThat(told.actor()).isEqualTo(id("alice"));
  }

  @Test
  void change_wrongPresentPassword_asksAgainAndThenNoMore() {
    String alice = company.signIn("alice", OFFICE);
    SettingPassword setting = company.gate.settingPassword();
    String ceremony = company.ceremonyOf(setting.beginChange(alice, OFFICE));
    touch("alice", ceremony);

    for (int i = 0; i < 4; i++) {
      assertThat(setting.choose(ceremony, company.password("bob"), FRESH, OFFICE))
          .isInstanceOf(Chosen.Again.class);
      company.clock.pass(Duration.ofSeconds(30));
    }
    assertThat(setting.choose(ceremony, company.password("alice"), FRESH, OFFICE))
        .isEqualTo(new Chosen.Done());
  }

  @Test
  void change_signedOutMeanwhile_refuses() {
    String alice = company.signIn("alice", OFFICE);
    SettingPassword setting = company.gate.settingPassword();
    String ceremony = company.ceremonyOf(setting.beginChange(alice, OFFICE));
    touch("alice", ceremony);
    company.gate.signingIn().signOut(alice, OFFICE);

    assertThat(setting.choose(ceremony, company.password("alice"), FRESH, OFFICE))
        .isEqualTo(refused(Reason.SESSION_CUT));
  }

  @Test
  void change_fromAnotherAddress_refuses() {
    String alice = company.signIn("alice", OFFICE);
    SettingPassword setting = company.gate.settingPassword();

    assertThat(setting.beginChange(alice, OTHER_DESK))
        .isEqualTo(new SigningIn.Begun.Refused(Reason.SOURCE_CHANGED));
    String ceremony = company.ceremonyOf(setting.beginChange(alice, OFFICE));
    touch("alice", ceremony);
    assertThat(setting.choose(ceremony, company.password("alice"), FRESH, OTHER_DESK))
        .isEqualTo(refused(Reason.SOURCE_CHANGED));
  }

  @Test
  void change_lastFourPasswords_mayNotComeBack() {
    List<Secret> chosen =
        List.of(
            FRESH,
            Secret.ofText("eleven brown foxes by dawn"),
            Secret.ofText("thirteen white owls at dusk"));
    Secret present = company.password("alice");
    for (Secret next : chosen) {
      assertThat(change(company.signIn("alice", OFFICE, present), "alice", present, next))
          .isEqualTo(new Chosen.Done());
      present = next;
    }
    String alice = company.signIn("alice", OFFICE, present);

    assertThat(change(alice, "alice", present, company.password("alice")))
        .isEqualTo(new Chosen.Again(Reason.PASSWORD_USED_BEFORE));
    assertThat(change(alice, "alice", present, Secret.ofText("two green geese in june")))
        .isEqualTo(new Chosen.Done());
    company.restart();
    Secret now = Secret.ofText("two green geese in june");
    assertThat(
            change(company.signIn("alice", OFFICE, now), "alice", now, company.password("alice")))
        .isEqualTo(new Chosen.Done());
  }

  @Test
  void change_clonedToken_isSuspendedWithItsOrigin() {
    String alice = company.signIn("alice", OFFICE);
    SecurityKey clone = company.key("alice").cloned();
    company.signIn("alice", OFFICE);
    company.signIn("alice", OFFICE);
    SettingPassword setting = company.gate.settingPassword();
    String ceremony = company.ceremonyOf(setting.beginChange(alice, OFFICE));

    assertThat(
            setting.touchKey(
                ceremony, Company.sign(clone, company.challenge(), company.allowed()), OFFICE))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.COUNTER_WENT_BACK));
    assertThat(last(EventType.TOKEN_SUSPENDED).personal())
        .containsEntry("source", OFFICE.toString());
  }

  private Secret opened(String name) {
    return code(company.act(new Act.ResetPassword(id(name)), "olga", "otto"));
  }

  private Chosen reset(String name, Secret code, SecurityKey key, Secret chosen, IpAddress source) {
    SettingPassword setting = company.gate.settingPassword();
    return switch (setting.beginReset(name, code, source)) {
      case SigningIn.Begun.Refused(var reason) -> refused(reason);
      case SigningIn.Begun.Options options ->
          switch (setting.touchKey(
              options.ceremony(),
              Company.sign(key, options.challenge(), key.credentialIds("example.test")),
              source)) {
            case SigningIn.Touched.Refused(var reason) -> refused(reason);
            case SigningIn.Touched.Accepted _ ->
                setting.choose(options.ceremony(), Secret.ofText(""), chosen, source);
          };
    };
  }

  private Chosen change(String bearer, String name, Secret present, Secret chosen) {
    SettingPassword setting = company.gate.settingPassword();
    String ceremony = company.ceremonyOf(setting.beginChange(bearer, OFFICE));
    assertThat(touch(name, ceremony)).isEqualTo(new SigningIn.Touched.Accepted());
    return setting.choose(ceremony, present, chosen, OFFICE);
  }

  private SigningIn.Touched touch(String name, String ceremony) {
    return company
        .gate
        .settingPassword()
        .touchKey(
            ceremony,
            Company.sign(company.key(name), company.challenge(), company.allowed()),
            OFFICE);
  }

  private SigningIn.SignedIn signIn(String name, Secret password) {
    return company.trySignIn(name, company.key(name), password, OFFICE);
  }

  private Event last(EventType type) {
    return company.ledger.events().stream()
        .filter(event -> event.type() == type)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private ActId propose(Act act) {
    String olga = company.signIn("olga", OFFICE);
    return ((Approving.Proposed.Accepted) company.gate.approving().propose(olga, act, OFFICE))
        .proposal()
        .id();
  }

  private PersonId id(String name) {
    return company.person(name).id();
  }

  private static Secret code(Approving.Approved approved) {
    return Objects.requireNonNull(Company.executed(approved).code());
  }

  private static Chosen refused(Reason reason) {
    return new Chosen.Refused(reason);
  }
}
