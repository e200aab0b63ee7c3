package io.parano.access;

import static io.parano.access.Company.HOST;
import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OUTSIDE;
import static io.parano.access.Company.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.audit.Event;
import io.parano.identity.Act;
import io.parano.identity.Device;
import io.parano.kernel.ActId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.testkit.OtpKey;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// From outside, the certificate of an enrolled device is the first level of an OpenVPN tunnel.
/// Every refusal has a twin that is granted and differs in the attacked condition alone.
class ShownDeviceTest {
  private static final IpAddress OTHER_TUNNEL = IpAddress.parse("198.51.100.8");
  private static final IpAddress SERVER = IpAddress.parse("127.0.0.1");
  private static final String RULES =
      """
      vpn:
        - name: outside
          server: vpn-1
          groups: [accounting]
          device: enrolled
          connection: 2h
      """;

  private final Company company = new Company();
  private final OtpKey key = OtpKey.make(company.randomness);

  ShownDeviceTest() {
    apply(RULES);
    enrolOtp("alice", key);
    enrol("alice", "laptop", 1, TUNNEL);
  }

  @Test
  void admit_fromOutsideWithOnesOwnCertificate_opensTheDevicesTunnelAndNothingElse() {
    Admitting.Answer.Admitted admitted = admitted(login(1));

    assertThat(admitted.terms().framed()).isEqualTo(TUNNEL);
    Event event = company.ledger.events().getLast();
    assertThat(event.facts())
        .containsEntry("address", TUNNEL.toString())
        .containsEntry("device", device(1).id().toString());
    assertThat(signIn("alice", OUTSIDE)).isEqualTo(refused(Reason.SOURCE_UNLISTED));
    String host = company.hostSession(company.signIn("alice", TUNNEL), HOST, TUNNEL);
    assertThat(company.pass(host, HOST, "/", TUNNEL)).isInstanceOf(Passing.Answer.Allowed.class);
    assertThat(Objects.requireNonNull(company.gate.arming()).live())
        .as("no peer of WireGuard")
        .isEmpty();
  }

  @Test
  void admit_withoutCertificateOrWithOneThatNobodyEnrolled_refuses() {
    assertRefused(login(0), Reason.SOURCE_UNLISTED);
    assertRefused(login(9), Reason.DEVICE_UNKNOWN);
    admitted(login(1));
  }

  @Test
  void admit_fromTheOfficeWhereTheRuleWantsADevice_takesOneAllTheSame() {
    assertRefused(login(0, OFFICE), Reason.DEVICE_MISSING);
    assertRefused(login(9, OFFICE), Reason.DEVICE_UNKNOWN);
    admitted(login(1, OFFICE));
  }

  @Test
  void admit_withAColleaguesCertificate_refusesFromAnywhere() {
    enrol("bob", "laptop", 2, OTHER_TUNNEL);
    assertRefused(login(2), Reason.DEVICE_OF_OTHER_PERSON);
    apply(RULES.replace("    device: enrolled\n", "    zones: [office]\n"));
    assertRefused(login(2, OFFICE), Reason.DEVICE_OF_OTHER_PERSON);
    admitted(login(0, OFFICE));
  }

  @Test
  void admit_deviceCut_refusesAndAFreshOneIsTaken() {
    Admitting.Answer.Admitted admitted = admitted(login(1));
    cut(new Lever.Target.OneVpnDevice(device(1).id()));
    assertThat(over(admitted)).isEqualTo(Reason.SESSION_CUT);
    assertRefused(login(1), Reason.DEVICE_CUT);
    enrol("alice", "laptop", 3, TUNNEL);
    admitted(login(3));
  }

  /// A key of WireGuard is public: whoever writes it into a certificate's place shows nothing.
  @Test
  void admit_withTheKeyOfADeviceOfAnotherKind_refuses() {
    enrol("alice", "phone", 4, OTHER_TUNNEL, Device.Kind.WIREGUARD);
    assertRefused(login(4), Reason.DEVICE_UNKNOWN);
    admitted(login(1));
  }

  @Test
  void challenge_answeredWithAnotherCertificate_opensNothing() {
    enrol("alice", "phone", 2, OTHER_TUNNEL);
    assertRefused(
        admitting().resume(asked(2, OUTSIDE), challenged(1), Secret.ofText(key.press())),
        Reason.CEREMONY_UNKNOWN);
    admitted(admitting().resume(asked(1, OUTSIDE), challenged(1), Secret.ofText(key.press())));
  }

  @Test
  void confirm_fromWhereTheDeviceIs_isTakenAndFromElsewhereOrWithoutDeviceRefused() {
    apply(RULES + "    token: touch\n");
    Admitting.Answer.Challenge shown = challenge(asked(1, OUTSIDE));
    String code = Objects.requireNonNull(shown.code());
    assertThat(company.gate.confirming().begin("alice", code, IpAddress.parse("203.0.113.200")))
        .isEqualTo(new Confirming.Begun.Refused(Reason.SOURCE_CHANGED));
    String bare = Objects.requireNonNull(challenge(asked(0, OUTSIDE)).code());
    assertThat(company.gate.confirming().begin("alice", bare, OUTSIDE))
        .isEqualTo(new Confirming.Begun.Refused(Reason.SOURCE_UNLISTED));
    if (!(company.gate.confirming().begin("alice", code, OUTSIDE)
        instanceof Confirming.Begun.Options options)) {
      throw new AssertionError("not asked for a touch");
    }
    assertThat(
            company
                .gate
                .confirming()
                .finish(
                    options.ceremony(),
                    Company.sign(company.key("alice"), options.challenge(), options.allowed()),
                    OUTSIDE))
        .isEqualTo(new Confirming.Confirmed.Done());
    admitted(admitting().resume(asked(1, OUTSIDE), shown.state(), Secret.ofText("")));
  }

  @Test
  void tunnel_stationCutOrTimeOver_mustEnd() {
    Admitting.Answer.Admitted first = admitted(login(1));
    cut(new Lever.Target.OneNetwork(IpPrefix.parse("198.51.100.0/24")));
    assertThat(over(first)).isEqualTo(Reason.SESSION_CUT);
    assertRefused(login(1), Reason.SOURCE_CUT);
  }

  @Test
  void tunnel_itsTime_endsIt() {
    Admitting.Answer.Admitted admitted = admitted(login(1));
    company.restart();
    assertThat(over(admitted)).isNull();
    company.clock.pass(Duration.ofHours(2));
    assertThat(over(admitted)).isEqualTo(Reason.SESSION_EXPIRED);
  }

  @Test
  void note_serverSaysAnotherAddressThanTheDevices_mustEnd() {
    SessionId id = admitted(login(1)).tunnel().session();
    assertThat(told(Admitting.Account.Status.STARTED, id, TUNNEL))
        .isEqualTo(new Admitting.Noted.Heard(id));
    assertThat(told(Admitting.Account.Status.GOES_ON, id, OTHER_TUNNEL))
        .isInstanceOf(Admitting.Noted.Over.class);
  }

  @Test
  void note_serverBeganAnew_endsTheTunnelAndItsLease() {
    Admitting.Answer.Admitted admitted = admitted(login(1));
    told(Admitting.Account.Status.ALL_STOPPED, null, null);
    assertThat(over(admitted)).isEqualTo(Reason.SESSION_CUT);
    assertThat(company.books.leases().size()).isZero();
  }

  private Admitting.Noted told(
      Admitting.Account.Status status, @Nullable SessionId id, @Nullable IpAddress framed) {
    return admitting()
        .note(new Admitting.Account(status, "vpn-1", SERVER, id, null, framed, "7", ""));
  }

  private Admitting admitting() {
    return company.gate.admitting();
  }

  private Admitting.Answer login(int certificate) {
    return login(certificate, OUTSIDE);
  }

  private Admitting.Answer login(int certificate, IpAddress station) {
    return admitting()
        .admit(
            asked(certificate, station),
            Secret.ofText(Company.text(company.password("alice")) + key.press()));
  }

  private String challenged(int certificate) {
    return challenge(asked(certificate, OUTSIDE)).state();
  }

  private Admitting.Answer.Challenge challenge(Admitting.Asked asked) {
    if (admitting().admit(asked, company.password("alice"))
        instanceof Admitting.Answer.Challenge challenge) {
      return challenge;
    }
    throw new AssertionError("not challenged");
  }

  /// @param certificate 0 for none
  private static Admitting.Asked asked(int certificate, IpAddress station) {
    return new Admitting.Asked(
        "vpn-1", SERVER, "alice", station, certificate == 0 ? null : key(certificate));
  }

  private static Bytes key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return Bytes.of(key);
  }

  private Device device(int number) {
    return company.books.roster().deviceWith(key(number)).orElseThrow();
  }

  private @Nullable Reason over(Admitting.Answer.Admitted admitted) {
    return admitting().over(admitted.tunnel().session());
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

  private SigningIn.SignedIn signIn(String name, IpAddress source) {
    return company.trySignIn(name, company.key(name), company.password(name), source);
  }

  private static SigningIn.SignedIn refused(Reason reason) {
    return new SigningIn.SignedIn.Refused(reason);
  }

  private void cut(Lever.Target target) {
    company.gate.lever().cut(target, "drill", new Lever.By(null, "control", "uid 0"));
  }

  private void apply(String rules) {
    Company.executed(
        company.act(
            new Act.ApplyPolicy(company.books.policy().policy().digest(), Company.POLICY + rules),
            "olga",
            "otto"));
  }

  private void enrol(String name, String label, int key, IpAddress address) {
    enrol(name, label, key, address, Device.Kind.OPENVPN);
  }

  private void enrol(String name, String label, int key, IpAddress address, Device.Kind kind) {
    Company.executed(
        company.act(
            new Act.EnrolDevice(company.person(name).id(), label, kind, key(key), address),
            "olga",
            "otto"));
  }

  private void enrolOtp(String name, OtpKey otpKey) {
    if (!company.person("otto").officer()) {
      Company.executed(
          company.act(new Act.AppointOfficer(company.person("otto").id()), "olga", "otto"));
    }
    ActId act =
        switch (company
            .gate
            .importing()
            .otpTokens(
                company.signIn("olga", OFFICE),
                name,
                "YubiKey 5",
                Secret.ofText(otpKey.logLine()),
                OFFICE)) {
          case Importing.Imported.Proposed(var proposals) -> proposals.getFirst().id();
          case Importing.Imported other -> throw new AssertionError("not proposed: " + other);
        };
    company.sign(act, "olga");
    Company.executed(company.sign(act, "otto"));
  }
}
