package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_DESK;
import static io.parano.access.Company.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.identity.Act;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.session.Session;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// A VPN login that a touch at the sign-in page confirms. Every refusal has a twin that is granted
/// and differs in the attacked condition alone.
class VpnTouchTest {
  private static final String RULES =
      """
      vpn:
        - { name: staff, server: vpn-1, groups: [accounting, support], zones: [office], token: touch }
        - { name: more, server: vpn-2, groups: [accounting], zones: [office], token: touch }
      """;
  private static final IpAddress SERVER = IpAddress.parse("192.0.2.200");

  private final Company company = new Company();

  VpnTouchTest() {
    Company.executed(
        company.act(
            new Act.ApplyPolicy(company.books.policy().policy().digest(), Company.POLICY + RULES),
            "olga",
            "otto"));
  }

  private record Prompt(String state, String code) {}

  @Test
  void login_codeTypedAndTouched_isGrantedAndHangsOnThatToken() {
    Prompt prompt = prompted("alice", OFFICE);
    assertThat(answered("alice", OFFICE, prompt)).isEqualTo(new Admitting.Answer.Held());

    assertConfirmed("alice", prompt.code().toLowerCase(Locale.ROOT), OFFICE);
    Event touched = company.ledger.events().getLast();
    assertThat(touched.type()).isEqualTo(EventType.VPN_TOUCH);
    Admitting.Answer.Admitted admitted = admitted(answered("alice", OFFICE, prompt));
    Session session =
        Objects.requireNonNull(company.books.sessions().with(admitted.tunnel().session()))
            .session();
    cut(new Lever.Target.OneToken(session.authenticator()));
    assertThat(admitting().over(session.id())).isNotNull();
  }

  @Test
  void confirm_wrongCode_refusesAndTheRightOneIsTaken() {
    Prompt prompt = prompted("alice", OFFICE);
    String wrong = prompt.code().startsWith("2") ? "333333" : "222222";
    assertRefused(confirmed("alice", wrong, OFFICE, "alice"), Reason.CODE_UNKNOWN);
    assertThat(answered("alice", OFFICE, prompt)).isEqualTo(new Admitting.Answer.Held());
    assertConfirmed("alice", prompt.code(), OFFICE);
    admitted(answered("alice", OFFICE, prompt));
  }

  @Test
  void confirm_codeOfAnothersLogin_confirmsNeither() {
    Prompt alices = prompted("alice", OFFICE);
    Prompt bobs = prompted("bob", OFFICE);
    assertRefused(confirmed("alice", bobs.code(), OFFICE, "alice"), Reason.CODE_UNKNOWN);
    assertThat(answered("alice", OFFICE, alices)).isEqualTo(new Admitting.Answer.Held());
    assertThat(answered("bob", OFFICE, bobs)).isEqualTo(new Admitting.Answer.Held());
    assertConfirmed("alice", alices.code(), OFFICE);
    admitted(answered("alice", OFFICE, alices));
  }

  @Test
  void confirm_oneCode_confirmsThatLoginAloneAndOnce() {
    Prompt first = prompted("alice", OFFICE);
    Prompt second = prompted("alice", OFFICE);
    assertConfirmed("alice", first.code(), OFFICE);
    assertRefused(confirmed("alice", first.code(), OFFICE, "alice"), Reason.CODE_UNKNOWN);
    assertThat(answered("alice", OFFICE, second)).isEqualTo(new Admitting.Answer.Held());
    admitted(answered("alice", OFFICE, first));
    assertRefused(answered("alice", OFFICE, first), Reason.CEREMONY_UNKNOWN);
  }

  @Test
  void confirm_anothersTouch_refusesAndOnesOwnIsTaken() {
    Prompt prompt = prompted("alice", OFFICE);
    assertRefused(confirmed("alice", prompt.code(), OFFICE, "bob"), Reason.TOKEN_OF_OTHER_PERSON);
    assertThat(answered("alice", OFFICE, prompt)).isEqualTo(new Admitting.Answer.Held());
    assertConfirmed("alice", prompt.code(), OFFICE);
    admitted(answered("alice", OFFICE, prompt));
  }

  @Test
  void confirm_relayedFromAnotherPlace_refusesAndFromTheDevicesIsTaken() {
    Prompt relayed = prompted("alice", OTHER_DESK);
    assertRefused(confirmed("alice", relayed.code(), OFFICE, "alice"), Reason.SOURCE_CHANGED);
    assertRefused(confirmed("alice", relayed.code(), OUTSIDE, "alice"), Reason.SOURCE_UNLISTED);
    assertThat(answered("alice", OTHER_DESK, relayed)).isEqualTo(new Admitting.Answer.Held());
    assertConfirmed("alice", relayed.code(), OTHER_DESK);
    admitted(answered("alice", OTHER_DESK, relayed));
  }

  @Test
  void confirm_touchOfAnotherChallenge_refuses() {
    Prompt first = prompted("alice", OFFICE);
    Prompt second = prompted("alice", OFFICE);
    Confirming.Begun.Options one = begun("alice", first.code(), OFFICE);
    Confirming.Begun.Options two = begun("alice", second.code(), OFFICE);
    assertRefused(
        confirming()
            .finish(
                one.ceremony(),
                Company.sign(company.key("alice"), two.challenge(), one.allowed()),
                OFFICE),
        Reason.CHALLENGE_MISMATCH);
    assertThat(
            confirming()
                .finish(
                    two.ceremony(),
                    Company.sign(company.key("alice"), two.challenge(), two.allowed()),
                    OFFICE))
        .isEqualTo(new Confirming.Confirmed.Done());
    assertThat(answered("alice", OFFICE, first)).isEqualTo(new Admitting.Answer.Held());
    admitted(answered("alice", OFFICE, second));
  }

  @Test
  void login_expired_isOverAndTouchingComesTooLate() {
    Prompt prompt = prompted("alice", OFFICE);
    Confirming.Begun.Options begun = begun("alice", prompt.code(), OFFICE);
    company.clock.pass(HeldLogins.LIFE);
    assertRefused(
        confirming()
            .finish(
                begun.ceremony(),
                Company.sign(company.key("alice"), begun.challenge(), begun.allowed()),
                OFFICE),
        Reason.CODE_EXPIRED);
    assertRefused(answered("alice", OFFICE, prompt), Reason.CEREMONY_UNKNOWN);
    Prompt fresh = prompted("alice", OFFICE);
    assertConfirmed("alice", fresh.code(), OFFICE);
    admitted(answered("alice", OFFICE, fresh));
  }

  @Test
  void login_answeredThroughAnotherServer_refusesAndUsesItUp() {
    Prompt prompt = prompted("alice", OFFICE);
    assertConfirmed("alice", prompt.code(), OFFICE);
    assertRefused(
        admitting()
            .resume(
                new Admitting.Asked("vpn-2", SERVER, "alice", OFFICE),
                prompt.state(),
                Secret.ofText("ok")),
        Reason.CEREMONY_UNKNOWN);
    Prompt fresh = prompted("alice", OFFICE);
    assertConfirmed("alice", fresh.code(), OFFICE);
    admitted(answered("alice", OFFICE, fresh));
  }

  @Test
  void login_passwordWrong_isToldAfterTheTouchAlone() {
    Prompt prompt = prompted("alice", OFFICE, "wrong horse");
    assertConfirmed("alice", prompt.code(), OFFICE);
    assertRefused(answered("alice", OFFICE, prompt), Reason.PASSWORD_WRONG);
    prompted("nobody", OFFICE, "wrong horse");
  }

  @Test
  void login_personCutAfterTheTouch_refuses() {
    Prompt prompt = prompted("alice", OFFICE);
    assertConfirmed("alice", prompt.code(), OFFICE);
    cut(new Lever.Target.OnePerson(company.person("alice").id()));
    assertThat(answered("alice", OFFICE, prompt)).isInstanceOf(Admitting.Answer.Refused.class);
  }

  @Test
  void logins_ofOnePersonAtOnePlace_areBoundedAndHoldUpNobodyElse() {
    for (int i = 0; i < HeldLogins.PER_PERSON_AND_PLACE; i++) {
      prompted("alice", OTHER_DESK);
    }
    assertRefused(
        admitting().admit(asked("alice", OTHER_DESK), Secret.ofText("x")), Reason.RATE_LIMITED);
    Prompt prompt = prompted("alice", OFFICE);
    assertConfirmed("alice", prompt.code(), OFFICE);
    admitted(answered("alice", OFFICE, prompt));
  }

  @Test
  void confirm_codesGuessed_isStoppedBeforeTheEleventh() {
    Prompt prompt = prompted("alice", OFFICE);
    for (int i = 0; i < 10; i++) {
      assertRefused(confirmed("alice", "AAAAAA", OFFICE, "alice"), Reason.CODE_UNKNOWN);
    }
    assertRefused(confirmed("alice", prompt.code(), OFFICE, "alice"), Reason.RATE_LIMITED);
    Prompt bobs = prompted("bob", OFFICE);
    assertConfirmed("bob", bobs.code(), OFFICE);
  }

  private Admitting admitting() {
    return company.gate.admitting();
  }

  private Confirming confirming() {
    return company.gate.confirming();
  }

  private static Admitting.Asked asked(String name, IpAddress station) {
    return new Admitting.Asked("vpn-1", SERVER, name, station);
  }

  private Prompt prompted(String name, IpAddress station) {
    return prompted(name, station, Company.text(company.password(name)));
  }

  private Prompt prompted(String name, IpAddress station, String password) {
    return switch (admitting().admit(asked(name, station), Secret.ofText(password))) {
      case Admitting.Answer.Challenge(var state, var code, var life) ->
          new Prompt(state, Objects.requireNonNull(code));
      case Admitting.Answer other -> throw new AssertionError("not challenged: " + other);
    };
  }

  private Admitting.Answer answered(String name, IpAddress station, Prompt prompt) {
    return admitting().resume(asked(name, station), prompt.state(), Secret.ofText("ok"));
  }

  private Confirming.Begun.Options begun(String name, String code, IpAddress source) {
    return switch (confirming().begin(name, code, source)) {
      case Confirming.Begun.Options options -> options;
      case Confirming.Begun.Refused refused -> throw new AssertionError(refused);
    };
  }

  private Confirming.Confirmed confirmed(String name, String code, IpAddress source, String by) {
    return switch (confirming().begin(name, code, source)) {
      case Confirming.Begun.Refused(var reason) -> new Confirming.Confirmed.Refused(reason);
      case Confirming.Begun.Options options ->
          confirming()
              .finish(
                  options.ceremony(),
                  Company.sign(
                      company.key(by),
                      options.challenge(),
                      company.key(by).credentialIds("example.test")),
                  source);
    };
  }

  private void assertConfirmed(String name, String code, IpAddress source) {
    assertThat(confirmed(name, code, source, name)).isEqualTo(new Confirming.Confirmed.Done());
  }

  private static Admitting.Answer.Admitted admitted(Admitting.Answer answer) {
    if (answer instanceof Admitting.Answer.Admitted admitted) {
      return admitted;
    }
    throw new AssertionError("not admitted: " + answer);
  }

  private void assertRefused(Admitting.Answer answer, Reason reason) {
    assertThat(answer).isEqualTo(new Admitting.Answer.Refused(reason));
    assertThat(company.reasons()).contains(reason);
  }

  private void assertRefused(Confirming.Confirmed answer, Reason reason) {
    assertThat(answer).isEqualTo(new Confirming.Confirmed.Refused(reason));
    assertThat(company.reasons()).contains(reason);
  }

  private void cut(Lever.Target target) {
    company.gate.lever().cut(target, "drill", new Lever.By(null, "control", "uid 0"));
  }
}
