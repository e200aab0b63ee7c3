package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OTHER_DESK;
import static io.parano.access.Company.OUTSIDE;
import static io.parano.access.Company.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Act;
import io.parano.identity.OtpToken;
import io.parano.kernel.ActId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.testkit.OtpKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Tunnels through RADIUS: who gets one, what it hangs on, and what servers tell. Every refusal has
/// a twin that is granted and differs in the attacked condition alone.
class VpnTest {
  private static final String RULES =
      """
      vpn:
        - name: staff
          server: vpn-1
          groups: [accounting]
          zones: [office]
          connection: 2h
          class: staff
          filter: lan
          framed: { alice: 10.8.0.5 }
      """;
  private static final IpAddress SERVER = IpAddress.parse("192.0.2.200");

  private final Company company = new Company();
  private final OtpKey key = OtpKey.make(company.randomness);
  private final OtpKey bobs = OtpKey.make(company.randomness);
  private final OtpToken token;

  VpnTest() {
    apply(RULES);
    token = enrolled("alice", key);
    enrolled("bob", bobs);
  }

  @Test
  void admit_passwordThenOtp_grantsWhatThePolicySaysAndRecordsIt() {
    Admitting.Answer.Admitted admitted = admitted(login("alice", key.press(), OFFICE));

    assertThat(admitted.terms())
        .isEqualTo(
            new Admitting.Terms("staff", "lan", IpAddress.parse("10.8.0.5"), Duration.ofHours(2)));
    Event event = company.ledger.events().getLast();
    assertThat(event.type()).isEqualTo(EventType.VPN_ADMISSION);
    assertThat(event.outcome()).isEqualTo(Outcome.DONE);
    assertThat(event.actor()).isEqualTo(company.person("alice").id());
    assertThat(over(admitted)).isNull();
  }

  @Test
  void admit_granted_oneEntryTellsOfTunnelAndOneTimePassword() {
    int before = company.ledger.events().size();

    SessionId tunnel = admitted(login("alice", key.press(), OFFICE)).tunnel().session();

    assertThat(company.ledger.events().subList(before, company.ledger.events().size()))
        .singleElement()
        .satisfies(event ->
            assertThat(event.facts())
                .containsEntry("token", token.id().toString())
                .containsEntry("session", tunnel.toString())
                .containsKeys("otp-usage", "otp-session"));
  }

  @Test
  void admit_genuineOtpButRefused_isRecordedAndUsedUpEvenWithAFullLog() {
    String right = Company.text(company.password("alice"));
    String first = key.press();
    int before = company.ledger.events().size();
    assertRefused(loginBy("wrong horse", first), Reason.PASSWORD_WRONG);
    assertThat(company.ledger.events().subList(before, company.ledger.events().size()))
        .extracting(Event::type, Event::outcome)
        .contains(tuple(EventType.OTP_USED, Outcome.DONE));
    assertRefused(loginBy(right, first), Reason.OTP_REPLAYED);

    String second = key.press();
    company.ledger.fill();
    assertThat(loginBy("wrong horse", second)).isInstanceOf(Admitting.Answer.Refused.class);
    company.ledger.makeRoom();
    assertRefused(loginBy(right, second), Reason.OTP_REPLAYED);
    admitted(loginBy(right, key.press()));
  }

  @Test
  void admit_passwordMadeVoidWhileItIsHashed_refusesAndWithAnotherOneVoidGrants() {
    voidWhileHashing("bob");
    admitted(login("alice", key.press(), OFFICE));
    voidWhileHashing("alice");
    assertRefused(login("alice", key.press(), OFFICE), Reason.CREDENTIALS_CHANGED);
  }

  private void voidWhileHashing(String name) {
    Act reset = new Act.ResetPassword(company.person(name).id());
    company.whileHashing(() -> company.act(reset, "olga", "otto"));
  }

  @Test
  void admit_sameOtpManyTimesAtOnce_opensOneTunnel() {
    String otp = key.press();
    List<Admitting.Answer> answers = Collections.synchronizedList(new ArrayList<>());
    new TestThreads()
        .run(
            Collections.nCopies(8, () -> answers.add(login("alice", otp, OFFICE))),
            Duration.ofMinutes(1));

    assertThat(answers).hasSize(8);
    assertThat(answers).filteredOn(Admitting.Answer.Admitted.class::isInstance).hasSize(1);
    assertThat(admitting().tunnels()).hasSize(1);
  }

  @Test
  void admit_addressOfThePolicyInALeasedZone_isTheirsUntilAnotherTunnelOfTheirs() {
    apply(RULES.replace("10.8.0.5", TUNNEL.toString()));
    Admitting.Answer.Admitted first = admitted(login("alice", key.press(), OFFICE));
    String portal = company.signIn("alice", TUNNEL);

    Admitting.Answer.Admitted second = admitted(login("alice", key.press(), OFFICE));

    assertThat(over(first)).isEqualTo(Reason.SESSION_CUT);
    assertThat(over(second)).isNull();
    assertThat(company.gate.signingIn().beginStepUp(portal, TUNNEL))
        .isEqualTo(new SigningIn.Begun.Refused(Reason.SESSION_CUT));
    company.signIn("alice", TUNNEL);
  }

  /** A server that does not repeat our mark tells of the end of the tunnel before this one. */
  @Test
  void stopped_ofTheTunnelBefore_leavesTheNewOneAndItsOwnEndsIt() {
    apply(RULES.replace("10.8.0.5", TUNNEL.toString()));
    Admitting.Answer.Admitted first = admitted(login("alice", key.press(), OFFICE));
    unmarked(Admitting.Account.Status.STARTED, "call-1");
    Admitting.Answer.Admitted second = admitted(login("alice", key.press(), OFFICE));
    unmarked(Admitting.Account.Status.STARTED, "call-2");

    unmarked(Admitting.Account.Status.STOPPED, "call-1");
    assertThat(over(first)).isEqualTo(Reason.SESSION_CUT);
    assertThat(over(second)).isNull();
    unmarked(Admitting.Account.Status.STOPPED, "call-2");
    assertThat(over(second)).isEqualTo(Reason.SESSION_CUT);
  }

  private void unmarked(Admitting.Account.Status status, String call) {
    admitting().note(new Admitting.Account(status, "vpn-1", SERVER, null, "alice", null, call, ""));
  }

  @Test
  void admit_addressOfThePolicyInSomebodyElsesHands_refuses() {
    apply(RULES.replace("10.8.0.5", TUNNEL.toString()));
    company.tunnel("bob", TUNNEL);
    assertRefused(login("alice", key.press(), OFFICE), Reason.LEASE_OF_OTHER_PERSON);
    assertThat(company.books.leases().at(TUNNEL)).as("bob's, still").isNotNull();
    cut(new Lever.Target.OnePerson(company.person("bob").id()));
    admitted(login("alice", key.press(), OFFICE));
  }

  private void apply(String rules) {
    Company.executed(
        company.act(
            new Act.ApplyPolicy(company.books.policy().policy().digest(), Company.POLICY + rules),
            "olga",
            "otto"));
  }

  @Test
  void admit_sameOtpAgainOrThroughAnotherServer_refuses() {
    String otp = key.press();
    admitted(login("alice", otp, OFFICE));

    assertRefused(login("alice", otp, OFFICE), Reason.OTP_REPLAYED);
    assertRefused(
        admitting()
            .admit(new Admitting.Asked("vpn-2", SERVER, "alice", OFFICE), typed("alice", otp)),
        Reason.OTP_REPLAYED);
    admitted(login("alice", key.press(), OFFICE));
  }

  @Test
  void admit_oneLevelMissing_refusesForIt() {
    assertRefused(login("alice", key.press(), OUTSIDE), Reason.SOURCE_UNLISTED);
    assertRefused(login("alice", key.press(), null), Reason.SOURCE_UNLISTED);
    assertRefused(login("alice", bobs.press(), OFFICE), Reason.TOKEN_OF_OTHER_PERSON);
    assertRefused(
        admitting().admit(asked("alice", OFFICE), Secret.ofText("wrong horse" + key.press())),
        Reason.PASSWORD_WRONG);
    assertRefused(login("bob", bobs.press(), OFFICE), Reason.GROUP_MISSING);
    assertRefused(
        admitting()
            .admit(
                new Admitting.Asked("vpn-2", SERVER, "alice", OFFICE), typed("alice", key.press())),
        Reason.NO_RULE);
    admitted(login("alice", key.press(), OFFICE));
  }

  @Test
  void admit_personTokenNetworkOrEverybodyCut_refuses() {
    admitted(login("alice", key.press(), OFFICE));
    cut(new Lever.Target.OneNetwork(IpPrefix.parse("192.0.2.11/32")));
    assertRefused(login("alice", key.press(), OTHER_DESK), Reason.SOURCE_CUT);
    admitted(login("alice", key.press(), OFFICE));
    cut(new Lever.Target.OneToken(token.id()));
    assertRefused(login("alice", key.press(), OFFICE), Reason.TOKEN_CUT);
    cut(new Lever.Target.Everybody());
    assertThat(login("alice", key.press(), OFFICE)).isInstanceOf(Admitting.Answer.Refused.class);
  }

  @Test
  void challenge_passwordThenOtp_isGranted() {
    String state = challenged("alice", Company.text(company.password("alice")), OFFICE);

    admitted(admitting().resume(asked("alice", OFFICE), state, Secret.ofText(key.press())));
  }

  @Test
  void challenge_wrongPasswordOrNobodysName_isAskedForTheOtpAllTheSame() {
    String wrong = challenged("alice", "wrong horse", OFFICE);
    challenged("nobody", "wrong horse", OFFICE);

    assertRefused(
        admitting().resume(asked("alice", OFFICE), wrong, Secret.ofText(key.press())),
        Reason.PASSWORD_WRONG);
  }

  @Test
  void challenge_stateOfAnotherPersonServerPlaceOrTime_opensNothing() {
    String password = Company.text(company.password("alice"));
    String state = challenged("alice", password, OFFICE);
    assertRefused(
        admitting().resume(asked("bob", OFFICE), state, Secret.ofText(bobs.press())),
        Reason.CEREMONY_UNKNOWN);
    assertRefused(
        admitting().resume(asked("alice", OFFICE), state, Secret.ofText(key.press())),
        Reason.CEREMONY_UNKNOWN);

    String elsewhere = challenged("alice", password, OFFICE);
    assertRefused(
        admitting().resume(asked("alice", OTHER_DESK), elsewhere, Secret.ofText(key.press())),
        Reason.CEREMONY_UNKNOWN);

    String late = challenged("alice", password, OFFICE);
    company.clock.pass(HeldLogins.LIFE);
    assertRefused(
        admitting().resume(asked("alice", OFFICE), late, Secret.ofText(key.press())),
        Reason.CEREMONY_UNKNOWN);

    String right = challenged("alice", password, OFFICE);
    admitted(admitting().resume(asked("alice", OFFICE), right, Secret.ofText(key.press())));
    assertRefused(
        admitting().resume(asked("alice", OFFICE), right, Secret.ofText(key.press())),
        Reason.CEREMONY_UNKNOWN);
  }

  @Test
  void challenge_floodThroughOneServer_holdsUpNoOther() {
    for (int i = 0; i < HeldLogins.PER_SERVER; i++) {
      challenged("name" + i, "x", OFFICE);
    }
    assertRefused(
        admitting().admit(asked("alice", OFFICE), Secret.ofText("x")), Reason.RATE_LIMITED);
    assertThat(
            admitting()
                .admit(new Admitting.Asked("vpn-2", SERVER, "alice", OFFICE), Secret.ofText("x")))
        .isInstanceOf(Admitting.Answer.Challenge.class);
    company.clock.pass(HeldLogins.LIFE);
    challenged("alice", "x", OFFICE);
  }

  @Test
  void admit_logFull_grantsNothingAndUsesNothingUp() {
    String otp = key.press();
    company.ledger.fill();
    assertThat(login("alice", otp, OFFICE)).isEqualTo(new Admitting.Answer.Unavailable());
    assertThat(admitting().tunnels()).isEmpty();
    company.ledger.makeRoom();
    admitted(login("alice", otp, OFFICE));
  }

  @Test
  void tunnel_personTokenPlaceOrTimeOver_mustEnd() {
    Admitting.Answer.Admitted first = admitted(login("alice", key.press(), OFFICE));
    cut(new Lever.Target.OneToken(token.id()));
    assertThat(over(first)).isEqualTo(Reason.SESSION_CUT);

    OtpKey fresh = OtpKey.make(company.randomness);
    enrolled("alice", fresh);
    Admitting.Answer.Admitted second = admitted(login("alice", fresh.press(), OFFICE));
    company.restart();
    assertThat(over(second)).isNull();
    assertThat(admitting().tunnels()).containsExactly(second.tunnel());
    company.clock.pass(Duration.ofHours(2));
    assertThat(over(second)).isEqualTo(Reason.SESSION_EXPIRED);
  }

  @Test
  void tunnel_unusedLongerThanASessionMay_livesOnAndHousekeepingLeavesIt() {
    Admitting.Answer.Admitted admitted = admitted(login("alice", key.press(), OFFICE));
    company.clock.pass(Duration.ofMinutes(90));
    new Housekeeping(company.books, company.clock).round();
    assertThat(over(admitted)).isNull();
  }

  @Test
  void note_startInterimStop_areRecordedOnceEach() {
    SessionId id = admitted(login("alice", key.press(), OFFICE)).tunnel().session();
    int before = company.ledger.events().size();

    assertThat(told(Admitting.Account.Status.STARTED, id)).isEqualTo(new Admitting.Noted.Heard(id));
    assertThat(told(Admitting.Account.Status.STARTED, id)).isEqualTo(new Admitting.Noted.Heard(id));
    assertThat(told(Admitting.Account.Status.GOES_ON, id)).isEqualTo(new Admitting.Noted.Heard(id));
    assertThat(told(Admitting.Account.Status.STOPPED, id)).isEqualTo(new Admitting.Noted.Heard(id));
    assertThat(told(Admitting.Account.Status.STOPPED, id)).isEqualTo(new Admitting.Noted.Heard(id));

    assertThat(company.ledger.events().subList(before, company.ledger.events().size()))
        .extracting(Event::type)
        .containsExactly(EventType.VPN_TUNNEL, EventType.SESSION_ENDED);
    assertThat(admitting().tunnels()).isEmpty();
  }

  @Test
  void note_ofATunnelThatIsOverOrAnotherServers_mustEnd() {
    SessionId id = admitted(login("alice", key.press(), OFFICE)).tunnel().session();
    assertThat(
            admitting()
                .note(
                    new Admitting.Account(
                        Admitting.Account.Status.STARTED,
                        "vpn-2",
                        SERVER,
                        id,
                        null,
                        null,
                        "7",
                        "")))
        .isEqualTo(new Admitting.Noted.Over(Reason.SESSION_UNKNOWN, null));
    cut(new Lever.Target.OneToken(token.id()));
    assertThat(told(Admitting.Account.Status.GOES_ON, id))
        .isEqualTo(new Admitting.Noted.Over(Reason.SESSION_UNKNOWN, null));
  }

  @Test
  void note_serverThatRepeatsNoMark_isFoundByTheOneTunnelOfThatName() {
    SessionId id = admitted(login("alice", key.press(), OFFICE)).tunnel().session();
    Admitting.Account account =
        new Admitting.Account(
            Admitting.Account.Status.GOES_ON, "vpn-1", SERVER, null, "alice", null, "7", "");
    assertThat(admitting().note(account)).isEqualTo(new Admitting.Noted.Heard(id));
    admitted(login("alice", key.press(), OFFICE));
    assertThat(admitting().note(account)).isInstanceOf(Admitting.Noted.Over.class);
  }

  @Test
  void note_serverBeganAnew_endsItsTunnelsAlone() {
    admitted(login("alice", key.press(), OFFICE));
    Admitting.Account.Status all = Admitting.Account.Status.ALL_STOPPED;
    admitting().note(new Admitting.Account(all, "vpn-2", SERVER, null, null, null, "", ""));
    assertThat(admitting().tunnels()).hasSize(1);
    admitting().note(new Admitting.Account(all, "vpn-1", SERVER, null, null, null, "", ""));
    assertThat(admitting().tunnels()).isEmpty();
  }

  private Admitting.Noted told(Admitting.Account.Status status, SessionId id) {
    return admitting()
        .note(new Admitting.Account(status, "vpn-1", SERVER, id, "alice", null, "7", "seconds=60"));
  }

  private Admitting admitting() {
    return company.gate.admitting();
  }

  private @Nullable Reason over(Admitting.Answer.Admitted admitted) {
    return admitting().over(admitted.tunnel().session());
  }

  private static Admitting.Asked asked(String name, @Nullable IpAddress station) {
    return new Admitting.Asked("vpn-1", SERVER, name, station);
  }

  private Secret typed(String name, String otp) {
    return Secret.ofText(Company.text(company.password(name)) + otp);
  }

  private Admitting.Answer login(String name, String otp, @Nullable IpAddress station) {
    return admitting().admit(asked(name, station), typed(name, otp));
  }

  private Admitting.Answer loginBy(String password, String otp) {
    return admitting().admit(asked("alice", OFFICE), Secret.ofText(password + otp));
  }

  private String challenged(String name, String password, IpAddress station) {
    return switch (admitting().admit(asked(name, station), Secret.ofText(password))) {
      case Admitting.Answer.Challenge(var state, var code, var life) -> state;
      case Admitting.Answer other -> throw new AssertionError("not challenged: " + other);
    };
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

  private void cut(Lever.Target target) {
    company.gate.lever().cut(target, "drill", new Lever.By(null, "control", "uid 0"));
  }

  private OtpToken enrolled(String name, OtpKey otpKey) {
    if (!company.person("otto").officer()) {
      Company.executed(
          company.act(new Act.AppointOfficer(company.person("otto").id()), "olga", "otto"));
    }
    String bearer = company.signIn("olga", OFFICE);
    ActId act =
        switch (company
            .gate
            .importing()
            .otpTokens(bearer, name, "YubiKey 5", Secret.ofText(otpKey.logLine()), OFFICE)) {
          case Importing.Imported.Proposed(var proposals) -> proposals.getFirst().id();
          case Importing.Imported other -> throw new AssertionError("not proposed: " + other);
        };
    company.sign(act, "olga");
    Company.executed(company.sign(act, "otto"));
    return Objects.requireNonNull(
        company.books.roster().otpTokenWith(otpKey.publicId()).orElse(null));
  }
}
