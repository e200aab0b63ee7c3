package io.parano.access;

import static io.parano.access.Company.HOST;
import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Tally;
import io.parano.identity.Act;
import io.parano.identity.PersonState;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A tunnel address is one person's: what is granted there hangs on the lease, whichever way that
/// ends. Every refusal has a twin that is granted and differs in the attacked condition alone.
class LeaseTest {
  private static final IpAddress SERVER = IpAddress.parse("192.0.2.200");
  private static final IpAddress OTHER_TUNNEL = IpAddress.parse("198.51.100.8");
  private static final IpPrefix TUNNELS = IpPrefix.parse("198.51.100.0/24");
  private static final String RULES =
      """
      ssh:
        - name: web
          hosts: web
          groups: [accounting]
          zones: [vpn]
          principals: [deploy]
          keys: any
      """;
  private static final String SSH_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFOG6kY7Rf4UtCFvPwKgo/BztXck2xC4a2WyA34XtIwZ marie";

  private final Company company = new Company();

  @BeforeEach
  void allowSshFromTheVpn() {
    Company.executed(
        company.act(
            new Act.ApplyPolicy(company.books.policy().policy().digest(), Company.POLICY + RULES),
            "olga",
            "otto"));
  }

  @Test
  void signIn_throughOnesOwnTunnelAlone_isGranted() {
    assertThat(trySignIn("alice", TUNNEL)).isEqualTo(refused(Reason.LEASE_MISSING));

    company.tunnel("bob", TUNNEL);
    assertThat(trySignIn("alice", TUNNEL)).isEqualTo(refused(Reason.LEASE_OF_OTHER_PERSON));
    assertThat(company.reasons()).endsWith(Reason.LEASE_OF_OTHER_PERSON);
    assertThat(trySignIn("bob", TUNNEL)).isInstanceOf(SigningIn.SignedIn.Accepted.class);

    company.tunnel("alice", OTHER_TUNNEL);
    assertThat(trySignIn("alice", OTHER_TUNNEL)).isInstanceOf(SigningIn.SignedIn.Accepted.class);
    assertThat(trySignIn("alice", TUNNEL)).isEqualTo(refused(Reason.LEASE_OF_OTHER_PERSON));
  }

  @Test
  void signIn_leaseChangedHandsBetweenTouchAndPassword_refuses() {
    company.tunnel("alice", TUNNEL);
    String ceremony = touched("alice", TUNNEL);
    company.tunnel("bob", TUNNEL);
    assertThat(company.gate.signingIn().password(ceremony, company.password("alice"), TUNNEL))
        .isEqualTo(refused(Reason.LEASE_OF_OTHER_PERSON));

    company.tunnel("alice", TUNNEL);
    assertThat(
            company
                .gate
                .signingIn()
                .password(touched("alice", TUNNEL), company.password("alice"), TUNNEL))
        .isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void pass_throughOnesOwnTunnel_untilItStops() {
    Session tunnel = company.tunnel("alice", TUNNEL);
    String portal = company.signIn("alice", TUNNEL);
    String host = company.hostSession(portal, HOST, TUNNEL);
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);
    int before = company.ledger.events().size();

    told(Admitting.Account.Status.STOPPED, tunnel, null);

    assertThat(company.ledger.events()).as("one commit").hasSize(before + 1);
    assertThat(company.pass(host, HOST, "/", TUNNEL))
        .isEqualTo(new Passing.Answer.Refused(Reason.LEASE_MISSING));
    assertThat(company.books.sessions().where(session -> at(session, TUNNEL))).isEmpty();
    company.restart();
    assertThat(company.books.sessions().where(session -> at(session, TUNNEL))).isEmpty();
    assertThat(company.books.leases().size()).isZero();
  }

  @Test
  void pass_withoutSessionThroughATunnel_asksToSignInAndWithoutTunnelRefuses() {
    assertThat(company.pass(null, HOST, "/", TUNNEL))
        .isEqualTo(new Passing.Answer.Refused(Reason.LEASE_MISSING));
    company.tunnel("alice", TUNNEL);
    assertThat(company.pass(null, HOST, "/", TUNNEL))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_MISSING));
  }

  @Test
  void lease_livesThroughARestart() {
    company.tunnel("alice", TUNNEL);
    String host = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    company.restart();
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);
    assertThat(trySignIn("bob", TUNNEL)).isEqualTo(refused(Reason.LEASE_OF_OTHER_PERSON));
  }

  @Test
  void lease_overByTime_carriesNothingAndHousekeepingPutsAllOfItAway() {
    company.tunnel("alice", TUNNEL);
    company.clock.pass(Duration.ofMinutes(110));
    String portal = company.signIn("alice", TUNNEL);
    String host = company.hostSession(portal, HOST, TUNNEL);
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);

    company.clock.pass(Duration.ofMinutes(10));

    assertThat(company.pass(host, HOST, "/", TUNNEL))
        .isEqualTo(new Passing.Answer.Refused(Reason.LEASE_MISSING));
    assertThat(company.gate.signingIn().beginStepUp(portal, TUNNEL))
        .isEqualTo(new SigningIn.Begun.Refused(Reason.LEASE_MISSING));
    assertThat(trySignIn("alice", TUNNEL)).isEqualTo(refused(Reason.LEASE_MISSING));
    new Housekeeping(company.books, company.clock).round();
    assertThat(company.books.leases().size()).isZero();
    assertThat(company.books.sessions().where(session -> at(session, TUNNEL))).isEmpty();
  }

  @Test
  void session_olderThanTheLease_isOverWhenTheLeaseBegins() {
    Session first = company.tunnel("alice", TUNNEL);
    String host = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);

    company.clock.pass(Duration.ofSeconds(1));
    company.tunnel("alice", TUNNEL);

    assertThat(company.books.sessions().with(first.id())).isNull();
    assertThat(company.pass(host, HOST, "/", TUNNEL))
        .isEqualTo(new Passing.Answer.SignIn(Reason.SESSION_CUT));
    String fresh = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    assertThat(company.pass(fresh, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);
  }

  /// The zone was for anybody when the session began, so that no lease ended it.
  @Test
  void session_fromBeforeTheZoneWasLeased_doesNotCountOnALeaseThatCameLater() {
    String vpn = "vpn: { networks: [198.51.100.0/24], leased: true }";
    apply(Company.POLICY.replace(vpn, "vpn: [198.51.100.0/24]"));
    String old = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    assertThat(company.pass(old, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);
    company.clock.pass(Duration.ofSeconds(1));
    apply(Company.POLICY);
    assertThat(company.pass(old, HOST, "/", TUNNEL))
        .isEqualTo(new Passing.Answer.Refused(Reason.LEASE_MISSING));
    company.tunnel("alice", TUNNEL);
    assertThat(company.pass(old, HOST, "/", TUNNEL)).isNotInstanceOf(Passing.Answer.Allowed.class);
    String fresh = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    assertThat(company.pass(fresh, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);
  }

  @Test
  void note_addressOfALiveTunnelOfSomebodyElse_endsBothAndTheNextIsClean() {
    Session alices = company.tunnel("alice", TUNNEL);
    String host = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    Session bobs = company.tunnel("bob", OTHER_TUNNEL);

    assertThat(told(Admitting.Account.Status.STARTED, bobs, TUNNEL))
        .isEqualTo(new Admitting.Noted.Over(Reason.LEASE_OF_OTHER_PERSON, bobs.id()));

    assertThat(company.books.sessions().with(bobs.id())).isNull();
    assertThat(company.books.sessions().with(alices.id())).isNull();
    assertThat(company.pass(host, HOST, "/", TUNNEL))
        .isEqualTo(new Passing.Answer.Refused(Reason.LEASE_MISSING));
    assertThat(company.reasons()).contains(Reason.LEASE_OF_OTHER_PERSON);
    company.tunnel("bob", TUNNEL);
    assertThat(trySignIn("bob", TUNNEL)).isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void note_serverNamesAnAddress_leasesItAndWhenItNamesAnotherMovesIt() {
    Session tunnel = company.tunnel("alice", OTHER_TUNNEL);
    String portal = company.signIn("alice", OTHER_TUNNEL);

    told(Admitting.Account.Status.STARTED, tunnel, TUNNEL);

    assertThat(company.ledger.events().getLast().facts()).containsEntry("address", "198.51.100.7");
    assertThat(trySignIn("alice", TUNNEL)).isInstanceOf(SigningIn.SignedIn.Accepted.class);
    assertThat(trySignIn("alice", OTHER_TUNNEL)).isEqualTo(refused(Reason.LEASE_MISSING));
    assertThat(company.gate.signingIn().beginStepUp(portal, OTHER_TUNNEL))
        .isEqualTo(new SigningIn.Begun.Refused(Reason.SESSION_CUT));
    int before = company.ledger.events().size();
    told(Admitting.Account.Status.STARTED, tunnel, TUNNEL);
    told(Admitting.Account.Status.GOES_ON, tunnel, TUNNEL);
    assertThat(company.ledger.events()).as("recorded once").hasSize(before);
  }

  @Test
  void note_serverNamesAnAddressOfTheOffice_takesNothingFromAnybody() {
    Session tunnel = company.tunnel("bob", OTHER_TUNNEL);
    String host = company.hostSession(company.signIn("alice", OFFICE), HOST, OFFICE);

    assertThat(told(Admitting.Account.Status.GOES_ON, tunnel, OFFICE))
        .isEqualTo(new Admitting.Noted.Heard(tunnel.id()));

    assertThat(company.pass(host, HOST, "/", OFFICE)).isInstanceOf(Passing.Answer.Allowed.class);
    assertThat(company.books.leases().at(OFFICE)).isNull();
  }

  @Test
  void note_logFull_leasesNothing() {
    Session tunnel = company.tunnel("alice", OTHER_TUNNEL);
    company.ledger.fill();
    assertThat(told(Admitting.Account.Status.GOES_ON, tunnel, TUNNEL))
        .isEqualTo(new Admitting.Noted.Unavailable());
    assertThat(company.books.leases().at(TUNNEL)).isNull();
    company.ledger.makeRoom();
    told(Admitting.Account.Status.GOES_ON, tunnel, TUNNEL);
    assertThat(company.books.leases().at(TUNNEL)).isNotNull();
  }

  @Test
  void note_cutWhileTheDiskTakesItsTime_leasesNothing() {
    Session tunnel = company.tunnel("alice", OTHER_TUNNEL);
    company.ledger.stall(() -> cut(new Lever.Target.OnePerson(tunnel.person())));

    assertThat(told(Admitting.Account.Status.GOES_ON, tunnel, TUNNEL))
        .isInstanceOf(Admitting.Noted.Over.class);

    assertThat(company.books.leases().at(TUNNEL)).isNull();
    company.restart();
    assertThat(company.books.leases().at(TUNNEL)).isNull();
  }

  static Stream<Arguments> cuts() {
    return Stream.of(
        cutting("person", tunnel -> new Lever.Target.OnePerson(tunnel.person())),
        cutting("token", tunnel -> new Lever.Target.OneToken(tunnel.authenticator())),
        cutting("session", tunnel -> new Lever.Target.OneSession(tunnel.id())),
        cutting("outer network", tunnel -> new Lever.Target.OneNetwork(tunnel.source())),
        cutting("tunnels", tunnel -> new Lever.Target.OneNetwork(TUNNELS)),
        cutting("everybody", tunnel -> new Lever.Target.Everybody()));
  }

  private static Arguments cutting(String what, Function<Session, Lever.Target> target) {
    return Arguments.of(what, target);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cuts")
  void cut_whatATunnelHangsOn_endsWhatCameThroughItInTheSameWithdrawal(
      String what, Function<Session, Lever.Target> target) {
    Session tunnel = company.tunnel("alice", TUNNEL);
    String host = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);
    int before = company.ledger.events().size();
    company.ledger.fill();

    assertThat(cut(target.apply(tunnel)).sessionsEnded()).isGreaterThanOrEqualTo(3);

    assertThat(company.ledger.events()).hasSize(before + 1);
    company.ledger.makeRoom();
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isNotInstanceOf(Passing.Answer.Allowed.class);
    assertThat(company.books.leases().at(TUNNEL)).isNull();
    company.restart();
    assertThat(company.books.sessions().where(session -> at(session, TUNNEL))).isEmpty();
    assertThat(company.books.leases().at(TUNNEL)).isNull();
  }

  /// The colleague at the desk beside is somebody whom a cut of alice's tunnel leaves alone.
  @Test
  void cut_oneTunnel_leavesTheOthers() {
    Session tunnel = company.tunnel("alice", TUNNEL);
    company.tunnel("bob", OTHER_TUNNEL);
    company.signIn("alice", TUNNEL);
    String bobs = company.signIn("bob", OTHER_TUNNEL);
    cut(new Lever.Target.OneSession(tunnel.id()));
    assertThat(company.gate.signingIn().beginStepUp(bobs, OTHER_TUNNEL))
        .isInstanceOf(SigningIn.Begun.Options.class);
    assertThat(trySignIn("alice", TUNNEL)).isEqualTo(refused(Reason.LEASE_MISSING));
  }

  @Test
  void lease_personOfAnotherGeneration_countsNoMore() {
    company.tunnel("alice", TUNNEL);
    String host = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);
    company.enrolBy("olga", "alice");
    assertThat(trySignIn("alice", TUNNEL)).isEqualTo(refused(Reason.LEASE_MISSING));
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isNotInstanceOf(Passing.Answer.Allowed.class);
    company.tunnel("alice", TUNNEL);
    assertThat(trySignIn("alice", TUNNEL)).isInstanceOf(SigningIn.SignedIn.Accepted.class);
  }

  @Test
  void lease_outerNetworkNoLongerInThePolicy_countsNoMore() {
    company.tunnel("alice", TUNNEL);
    assertThat(trySignIn("alice", TUNNEL)).isInstanceOf(SigningIn.SignedIn.Accepted.class);
    apply(Company.POLICY.replace("office: [192.0.2.0/24]", "office: [192.0.2.10/32]"));
    assertThat(trySignIn("alice", TUNNEL)).isEqualTo(refused(Reason.LEASE_MISSING));
  }

  @Test
  void command_throughATunnel_isItsHoldersAlone() {
    company.tunnel("olga", TUNNEL);
    company.tunnel("bob", OTHER_TUNNEL);
    String olga = company.signIn("olga", TUNNEL);
    assertThat(collected(olga, OTHER_TUNNEL))
        .isEqualTo(new Commanding.Collected.Refused(Reason.LEASE_OF_OTHER_PERSON));
    Commanding.Collected collected = collected(olga, TUNNEL);
    assertThat(collected).isInstanceOf(Commanding.Collected.Session.class);
    String bearer = Company.text(((Commanding.Collected.Session) collected).bearer());
    assertThat(company.gate.operating().staff(bearer, TUNNEL)).isInstanceOf(Reply.Done.class);
    cut(new Lever.Target.OneNetwork(TUNNELS));
    assertThat(company.gate.operating().staff(bearer, TUNNEL))
        .isEqualTo(new Reply.Refused<>(Reason.SESSION_CUT));
  }

  @Test
  void certify_throughATunnel_countsAsItsZoneForItsHolderAndEndsWithIt() {
    SshDesk desk =
        new SshDesk(
            company.books,
            new Journal(company.books, new Tally()),
            new SshSettings(new TestSigner(), new TestSigner(), List.of()),
            company.randomness,
            company.clock);
    assertThat(desk.certify(company.signIn("alice", OFFICE), "web", SSH_KEY, OFFICE))
        .isEqualTo(new Certifying.Certified.Refused(Reason.SOURCE_NOT_ALLOWED));
    Session tunnel = company.tunnel("alice", TUNNEL);
    String portal = company.signIn("alice", TUNNEL);
    assertThat(desk.certify(portal, "web", SSH_KEY, TUNNEL))
        .isInstanceOf(Certifying.Certified.Granted.class);
    assertThat(company.books.sessions().where(session -> session.kind() == Session.Kind.SSH))
        .hasSize(1);
    told(Admitting.Account.Status.STOPPED, tunnel, null);
    assertThat(company.books.sessions().where(session -> session.kind() == Session.Kind.SSH))
        .isEmpty();
  }

  @Test
  void freeze_throughATunnel_isItsHoldersAlone() {
    company.tunnel("bob", TUNNEL);
    assertThat(company.gate.freezing().freeze("alice", company.password("alice"), TUNNEL))
        .isEqualTo(new Freezing.Frozen.Refused(Reason.LEASE_OF_OTHER_PERSON));
    assertThat(company.person("alice").state()).isEqualTo(PersonState.ACTIVE);
    assertThat(company.gate.freezing().freeze("bob", company.password("bob"), TUNNEL))
        .isEqualTo(new Freezing.Frozen.Done());
    assertThat(company.books.leases().at(TUNNEL)).isNull();
  }

  @Test
  void explain_ofSomebodyInATunnel_saysWhatPassSays() {
    company.tunnel("alice", TUNNEL);
    String olga = company.signIn("olga", OFFICE);
    assertThat(explained(olga, TUNNEL)).contains("Allowed");
    assertThat(explained(olga, OTHER_TUNNEL)).contains("LEASE_MISSING");
  }

  private String explained(String officer, IpAddress from) {
    return company
                .gate
                .operating()
                .explain(officer, HOST, "/", "GET", from, "alice", Factor.TOUCH, OFFICE)
            instanceof Reply.Done<io.parano.policy.Explanation>(var explanation)
        ? explanation.decision().toString()
        : "";
  }

  private Commanding.Collected collected(String officer, IpAddress source) {
    if (!(company.gate.commanding().begin(source)
        instanceof Commanding.Begun.Waiting(var code, var ticket, var life))) {
      throw new AssertionError("not begun");
    }
    assertThat(company.gate.commanding().confirm(officer, code, TUNNEL))
        .isEqualTo(new Reply.Done<>(true));
    return company.gate.commanding().collect(Company.text(ticket), source);
  }

  private void apply(String document) {
    Company.executed(
        company.act(
            new Act.ApplyPolicy(company.books.policy().policy().digest(), document),
            "olga",
            "otto"));
  }

  private static boolean at(Session session, IpAddress address) {
    return Endings.at(session, address);
  }

  private String touched(String name, IpAddress source) {
    String ceremony = company.ceremonyOf(company.gate.signingIn().begin(name, source));
    assertThat(company.touch(name, company.key(name), ceremony, source))
        .isEqualTo(new SigningIn.Touched.Accepted());
    return ceremony;
  }

  private SigningIn.SignedIn trySignIn(String name, IpAddress source) {
    return company.trySignIn(name, company.key(name), company.password(name), source);
  }

  private static SigningIn.SignedIn refused(Reason reason) {
    return new SigningIn.SignedIn.Refused(reason);
  }

  private Admitting.Noted told(
      Admitting.Account.Status status, Session tunnel, @Nullable IpAddress framed) {
    return company
        .gate
        .admitting()
        .note(
            new Admitting.Account(
                status, "vpn-1", SERVER, tunnel.id(), null, framed, "7", "seconds=60"));
  }

  private Lever.Report cut(Lever.Target target) {
    return company.gate.lever().cut(target, "drill", new Lever.By(null, "control", "uid 0"));
  }
}
