package io.parano.access;

import static io.parano.access.Company.HOST;
import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OUTSIDE;
import static io.parano.access.Company.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Act;
import io.parano.identity.Device;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.session.Session;
import io.parano.testkit.SecurityKey;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// From outside, an enrolled device's own key is the first level of a tunnel. Every refusal has a
/// twin that is granted and differs in the attacked condition alone.
class ArmingTest {
  private static final IpAddress OTHER_TUNNEL = IpAddress.parse("198.51.100.8");
  private static final String RULES =
      """
      vpn:
        - name: outside
          server: wg-1
          groups: [accounting]
          device: enrolled
          connection: 2h
      """;

  private final Company company = new Company();

  @BeforeEach
  void enrol() {
    apply(RULES);
    enrol("alice", "laptop", 1, TUNNEL);
  }

  @Test
  void arm_touchThenPasswordFromOutside_opensTheDevicesTunnelAndNothingElse() {
    Arming.Armed.Done done = done(arm("alice", OUTSIDE));

    assertThat(done.device()).isEqualTo("laptop");
    assertThat(done.address()).isEqualTo(TUNNEL);
    assertThat(done.end()).isEqualTo(Company.END);
    assertThat(done.until()).isEqualTo(company.clock.instant().plus(Duration.ofHours(2)));
    assertThat(company.peers.standing.values())
        .containsExactly(new Peers.Peer(key(1), TUNNEL, done.until()))
        .containsExactlyElementsOf(arming().live());
    assertThat(Objects.requireNonNull(company.peers.presharedKeys.get(key(1))).copy())
        .isEqualTo(done.presharedKey().copy())
        .hasSize(32);
    Event event = company.ledger.events().getLast();
    assertThat(event.type()).isEqualTo(EventType.VPN_ADMISSION);
    assertThat(event.outcome()).isEqualTo(Outcome.DONE);
    assertThat(event.facts()).containsEntry("address", TUNNEL.toString());
    assertThat(signIn(OUTSIDE)).isEqualTo(refused(Reason.SOURCE_UNLISTED));
    String host = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);
  }

  @Test
  void touch_withoutDeviceGroupOrRule_isRefusedBeforeAnyPassword() {
    assertThat(touched("bob", company.key("bob"), OUTSIDE))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.DEVICE_UNKNOWN));
    enrol("bob", "phone", 2, OTHER_TUNNEL);
    assertThat(touched("bob", company.key("bob"), OUTSIDE))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.GROUP_MISSING));
    assertThat(touched("alice", company.key("bob"), OUTSIDE))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.TOKEN_OF_OTHER_PERSON));
    assertThat(touched("nobody", company.key("alice"), OUTSIDE))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.PERSON_UNKNOWN));
    done(arm("alice", OUTSIDE));
    apply("");
    assertThat(touched("alice", company.key("alice"), OUTSIDE))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.NO_RULE));
  }

  @Test
  void touch_deviceCut_isRefused() {
    done(arm("alice", OUTSIDE));
    cut(new Lever.Target.OneVpnDevice(device(1).id()));
    assertThat(touched("alice", company.key("alice"), OUTSIDE))
        .isEqualTo(new SigningIn.Touched.Refused(Reason.DEVICE_UNKNOWN));
    enrol("alice", "laptop", 3, TUNNEL);
    done(arm("alice", OUTSIDE));
  }

  @Test
  void arm_wrongPassword_asksAgainAndOpensNothing() {
    String ceremony = ceremony("alice", OUTSIDE);
    assertThat(arming().arm(ceremony, company.password("bob"), "", OUTSIDE))
        .isEqualTo(new Arming.Armed.Again(Reason.PASSWORD_WRONG));
    assertThat(company.peers.standing).isEmpty();
    done(arming().arm(ceremony, company.password("alice"), "", OUTSIDE));
  }

  @Test
  void ceremony_ofTheSignIn_goesNoWhereHereNorTheOtherWayRound() {
    String here = ceremony("alice", OFFICE);
    assertThat(company.gate.signingIn().password(here, company.password("alice"), OFFICE))
        .isEqualTo(refused(Reason.CEREMONY_UNKNOWN));
    String there = company.ceremonyOf(company.gate.signingIn().begin("alice", OFFICE));
    company.touch("alice", company.key("alice"), there, OFFICE);
    assertThat(arming().arm(there, company.password("alice"), "", OFFICE))
        .isEqualTo(new Arming.Armed.Refused(Reason.CEREMONY_UNKNOWN));
    done(arming().arm(here, company.password("alice"), "", OFFICE));
  }

  @Test
  void arm_severalDevices_asksWhich() {
    enrol("alice", "phone", 2, OTHER_TUNNEL);
    String ceremony = ceremony("alice", OUTSIDE);
    assertThat(arming().arm(ceremony, company.password("alice"), "", OUTSIDE))
        .isEqualTo(new Arming.Armed.Again(Reason.DEVICE_MISSING));
    assertThat(arming().arm(ceremony, company.password("alice"), "tablet", OUTSIDE))
        .isEqualTo(new Arming.Armed.Again(Reason.DEVICE_MISSING));
    assertThat(done(arming().arm(ceremony, company.password("alice"), "Phone", OUTSIDE)).address())
        .isEqualTo(OTHER_TUNNEL);
  }

  @Test
  void arm_again_takesThePlaceOfTheTunnelBefore() {
    done(arm("alice", OUTSIDE));
    String portal = company.signIn("alice", TUNNEL);
    done(arm("alice", OUTSIDE));
    assertThat(arming().live()).hasSize(1);
    assertThat(company.gate.signingIn().beginStepUp(portal, TUNNEL))
        .isEqualTo(new SigningIn.Begun.Refused(Reason.SESSION_CUT));
    company.signIn("alice", TUNNEL);
  }

  @Test
  void arm_addressInSomebodyElsesHands_isRefused() {
    Session bobs = company.tunnel("bob", TUNNEL);
    assertThat(arm("alice", OUTSIDE))
        .isEqualTo(new Arming.Armed.Refused(Reason.LEASE_OF_OTHER_PERSON));
    assertThat(company.peers.standing).isEmpty();
    cut(new Lever.Target.OneSession(bobs.id()));
    done(arm("alice", OUTSIDE));
  }

  /// In a leased zone, but not in a network of the interface: the helper would refuse it each time.
  @Test
  void arm_addressThatNothingCarries_isRefusedForIt() {
    enrol("alice", "phone", 2, IpAddress.parse("198.51.100.200"));
    String ceremony = ceremony("alice", OUTSIDE);
    assertThat(arming().arm(ceremony, company.password("alice"), "phone", OUTSIDE))
        .isEqualTo(new Arming.Armed.Refused(Reason.ADDRESS_NOT_ALLOWED));
    assertThat(company.peers.standing).isEmpty();
    done(arming().arm(ceremony("alice", OUTSIDE), company.password("alice"), "laptop", OUTSIDE));
  }

  @Test
  void arm_carrierAway_leavesNothingOpen() {
    company.peers.away(true);
    assertThat(arm("alice", OUTSIDE)).isEqualTo(new Arming.Armed.Unavailable());
    assertThat(arming().live()).isEmpty();
    assertThat(company.books.leases().size()).isZero();
    company.peers.away(false);
    done(arm("alice", OUTSIDE));
  }

  @Test
  void arm_cutWhileThePeerIsPut_isRemovedAgain() {
    company.peers.meanwhile(() -> cut(new Lever.Target.OnePerson(company.person("alice").id())));
    assertThat(arm("alice", OUTSIDE)).isEqualTo(new Arming.Armed.Refused(Reason.SESSION_CUT));
    assertThat(company.peers.standing).isEmpty();
    assertThat(arming().live()).isEmpty();
  }

  static Stream<Arguments> cuts() {
    return Stream.of(
        cutting("person", lease -> new Lever.Target.OnePerson(lease.tunnel().session().person())),
        cutting(
            "token", lease -> new Lever.Target.OneToken(lease.tunnel().session().authenticator())),
        cutting(
            "device",
            lease -> new Lever.Target.OneVpnDevice(Objects.requireNonNull(lease.lease().device()))),
        cutting("place", lease -> new Lever.Target.OneNetwork(lease.tunnel().session().source())),
        cutting("tunnels", lease -> new Lever.Target.OneNetwork(IpPrefix.parse("198.51.100.0/24"))),
        cutting("everybody", lease -> new Lever.Target.Everybody()));
  }

  private static Arguments cutting(String what, Function<Leases.Held, Lever.Target> target) {
    return Arguments.of(what, target);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cuts")
  void cut_anythingItHangsOn_endsTunnelAndWhatCameThroughIt(
      String what, Function<Leases.Held, Lever.Target> target) {
    done(arm("alice", OUTSIDE));
    String host = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);
    assertThat(arming().live()).hasSize(1);

    cut(target.apply(Objects.requireNonNull(company.books.leases().at(TUNNEL))));

    assertThat(arming().live()).isEmpty();
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isNotInstanceOf(Passing.Answer.Allowed.class);
    company.restart();
    assertThat(arming().live()).isEmpty();
  }

  @Test
  void live_timeOver_isOver() {
    done(arm("alice", OUTSIDE));
    company.restart();
    assertThat(arming().live()).hasSize(1);
    company.clock.pass(Duration.ofHours(2));
    assertThat(arming().live()).isEmpty();
    new Housekeeping(company.books, company.clock).round();
    assertThat(company.books.leases().size()).isZero();
  }

  @Test
  void live_tunnelOfADevice_isNoneOfRadius() {
    done(arm("alice", OUTSIDE));
    assertThat(company.gate.admitting().tunnels()).isEmpty();
  }

  private Arming arming() {
    return Objects.requireNonNull(company.gate.arming());
  }

  private Arming.Armed arm(String name, IpAddress source) {
    return arming().arm(ceremony(name, source), company.password(name), "", source);
  }

  private static Arming.Armed.Done done(Arming.Armed armed) {
    if (armed instanceof Arming.Armed.Done done) {
      return done;
    }
    throw new AssertionError("not armed: " + armed);
  }

  private String ceremony(String name, IpAddress source) {
    String ceremony = company.ceremonyOf(arming().begin(name, source));
    assertThat(touch(ceremony, company.key(name), source))
        .isEqualTo(new SigningIn.Touched.Accepted());
    return ceremony;
  }

  private SigningIn.Touched touched(String name, SecurityKey key, IpAddress source) {
    return touch(company.ceremonyOf(arming().begin(name, source)), key, source);
  }

  private SigningIn.Touched touch(String ceremony, SecurityKey key, IpAddress source) {
    return arming()
        .touch(
            ceremony,
            Company.sign(key, company.challenge(), key.credentialIds("example.test")),
            source);
  }

  private SigningIn.SignedIn signIn(IpAddress source) {
    return company.trySignIn("alice", company.key("alice"), company.password("alice"), source);
  }

  private static SigningIn.SignedIn refused(Reason reason) {
    return new SigningIn.SignedIn.Refused(reason);
  }

  private void apply(String rules) {
    Company.executed(
        company.act(
            new Act.ApplyPolicy(company.books.policy().policy().digest(), Company.POLICY + rules),
            "olga",
            "otto"));
  }

  private void enrol(String name, String label, int key, IpAddress address) {
    Company.executed(
        company.act(
            new Act.EnrolDevice(
                company.person(name).id(), label, Device.Kind.WIREGUARD, key(key), address),
            "olga",
            "otto"));
  }

  private Device device(int key) {
    return company.books.roster().deviceWith(key(key)).orElseThrow();
  }

  private static Bytes key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return Bytes.of(key);
  }

  private void cut(Lever.Target target) {
    company.gate.lever().cut(target, "drill", new Lever.By(null, "control", "uid 0"));
  }
}
