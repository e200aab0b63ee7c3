package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.audit.EventType;
import io.parano.identity.Act;
import io.parano.identity.Device;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Devices whose own key opens tunnels: two officers take one in, and it is cut one by one. Every
/// refusal has a twin that is granted and differs in the attacked condition alone.
class DeviceTest {
  private static final IpAddress OTHER_TUNNEL = IpAddress.parse("198.51.100.8");

  private final Company company = new Company();

  @Test
  void enrol_byTwoOfficers_isThereAndAfterARestart() {
    assertThat(company.act(act("alice", "laptop", 1, TUNNEL), "olga"))
        .isEqualTo(new Approving.Approved.Waiting(1));
    assertThat(company.books.roster().devicesOf(company.person("alice").id())).isEmpty();

    Device device = enrolled("alice", "laptop", 2, TUNNEL);

    assertThat(company.ledger.events().getLast().type()).isEqualTo(EventType.DEVICE_ENROLLED);
    company.restart();
    assertThat(company.books.roster().devicesOf(company.person("alice").id()))
        .containsExactly(device);
  }

  @Test
  void propose_keyLabelOrAddressThatIsTaken_isRefused() {
    enrolled("alice", "laptop", 1, TUNNEL);
    refused(act("bob", "laptop", 1, OTHER_TUNNEL), Reason.DEVICE_ALREADY_ENROLLED);
    refused(act("alice", "laptop", 2, OTHER_TUNNEL), Reason.DEVICE_ALREADY_ENROLLED);
    refused(act("bob", "laptop", 2, TUNNEL), Reason.ADDRESS_NOT_ALLOWED);
    refused(act("bob", "laptop", 2, OFFICE), Reason.ADDRESS_NOT_ALLOWED);
    enrolled("bob", "laptop", 2, OTHER_TUNNEL);
  }

  @Test
  void propose_addressThatThePolicyGivesToSomebodyElse_isRefused() {
    String framed =
        """
        vpn:
          - name: staff
            server: vpn-1
            groups: [accounting]
            zones: [office]
            framed: { bob: 198.51.100.7 }
        """;
    Company.executed(
        company.act(
            new Act.ApplyPolicy(company.books.policy().policy().digest(), Company.POLICY + framed),
            "olga",
            "otto"));
    refused(act("alice", "laptop", 1, TUNNEL), Reason.ADDRESS_NOT_ALLOWED);
    enrolled("bob", "laptop", 1, TUNNEL);
  }

  /// Who may have the VPN is for two officers to say, also when it is somebody new.
  @Test
  void admit_intoAGroupThatMayHaveATunnel_takesTwoOfficers() {
    String rules =
        """
        vpn:
          - name: outside
            server: wg-1
            groups: [accounting]
            device: enrolled
        """;
    Act admitted = new Act.AdmitStaff(List.of(Company.newcomer("carol", "accounting")));
    Company.executed(
        company.act(
            new Act.ApplyPolicy(company.books.policy().policy().digest(), Company.POLICY + rules),
            "olga",
            "otto"));
    assertThat(company.act(admitted, "olga")).isEqualTo(new Approving.Approved.Waiting(1));
    assertThat(company.books.roster().named("carol")).isEmpty();
    Company.executed(company.act(admitted, "olga", "otto"));
    assertThat(company.books.roster().named("carol")).isPresent();
    Company.executed(
        company.act(new Act.AdmitStaff(List.of(Company.newcomer("dave", "support"))), "olga"));
  }

  @Test
  void approve_addressTakenMeanwhile_isNotExecuted() {
    String olga = company.signIn("olga", OFFICE);
    if (!(company.gate.approving().propose(olga, act("bob", "phone", 9, TUNNEL), OFFICE)
        instanceof Approving.Proposed.Accepted(var proposal))) {
      throw new AssertionError("not proposed");
    }
    enrolled("alice", "laptop", 1, TUNNEL);
    company.sign(proposal.id(), "olga");
    assertThat(company.sign(proposal.id(), "otto"))
        .isEqualTo(new Approving.Approved.Refused(Reason.ADDRESS_NOT_ALLOWED));
  }

  @Test
  void propose_forOneself_isSignedByOthers() {
    Act own = act("olga", "laptop", 1, TUNNEL);
    assertThat(company.act(own, "olga")).isEqualTo(new Approving.Approved.Refused(Reason.OWN_ACT));
  }

  @Test
  void cut_device_neverCountsAgainNorIsItsKeyTaken() {
    Device device = enrolled("alice", "laptop", 1, TUNNEL);
    Device other = enrolled("bob", "laptop", 2, OTHER_TUNNEL);
    company.ledger.fill();
    cut("vpn-device:" + device.id());
    company.ledger.makeRoom();

    assertThat(now(device).active()).isFalse();
    assertThat(now(other).active()).isTrue();
    refused(act("alice", "laptop", 1, TUNNEL), Reason.DEVICE_ALREADY_ENROLLED);
    enrolled("alice", "laptop", 3, TUNNEL);
    company.restart();
    assertThat(now(device).active()).isFalse();
  }

  @Test
  void cut_deviceOfSomebodyElse_takesAnOfficer() {
    Device device = enrolled("alice", "laptop", 1, TUNNEL);
    String order = "vpn-device:" + device.id();
    assertThat(company.gate.operating().cut(company.signIn("bob", OFFICE), order, "lost", OFFICE))
        .isEqualTo(new Reply.Refused<>(Reason.NOT_AN_OFFICER));
    assertThat(now(device).active()).isTrue();
    assertThat(company.gate.operating().cut(company.signIn("alice", OFFICE), order, "lost", OFFICE))
        .isInstanceOf(Reply.Done.class);
    assertThat(now(device).active()).isFalse();
  }

  @Test
  void leave_takesTheDevicesAlong_andErasureTheirNames() {
    Device device = enrolled("alice", "laptop", 1, TUNNEL);
    Company.executed(
        company.act(new Act.DismissStaff(company.person("alice").id()), "olga", "otto"));
    assertThat(now(device).active()).isFalse();
    Company.executed(company.act(new Act.EraseStaff(device.person()), "olga", "otto"));
    assertThat(now(device).label()).isEmpty();
  }

  @Test
  void kind_keysAsTheirProgramsWriteThem_areReadAndNothingElse() {
    String wg = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    assertThat(Device.Kind.WIREGUARD.write(Device.Kind.WIREGUARD.read(wg))).isEqualTo(wg);
    String digest = "ab".repeat(32);
    assertThat(Device.Kind.OPENVPN.write(Device.Kind.OPENVPN.read(digest))).isEqualTo(digest);
    for (String wrong :
        new String[] {
          "", wg.substring(1), wg.replace("Dg=", "Dh="), wg + "A", "A".repeat(43) + "=", digest
        }) {
      assertThatThrownBy(() -> Device.Kind.WIREGUARD.read(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String wrong : new String[] {"", digest.substring(2), "AB".repeat(32), "00".repeat(32)}) {
      assertThatThrownBy(() -> Device.Kind.OPENVPN.read(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Device now(Device device) {
    return Objects.requireNonNull(company.books.roster().device(device.id()));
  }

  private void refused(Act act, Reason reason) {
    assertThat(company.gate.approving().propose(company.signIn("olga", OFFICE), act, OFFICE))
        .isEqualTo(new Approving.Proposed.Refused(reason));
  }

  private Act act(String name, String label, int key, IpAddress address) {
    return new Act.EnrolDevice(
        company.person(name).id(), label, Device.Kind.WIREGUARD, key(key), address);
  }

  private static Bytes key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return Bytes.of(key);
  }

  private Device enrolled(String name, String label, int key, IpAddress address) {
    Company.executed(company.act(act(name, label, key, address), "olga", "otto"));
    return company.books.roster().deviceWith(key(key)).orElseThrow();
  }

  private void cut(String order) {
    company
        .gate
        .lever()
        .cut(Targets.parse(order, company.books), "drill", new Lever.By(null, "control", "uid 0"));
  }
}
