package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenVPN, unchanged, server and clients in two network namespaces, under a whole server in a
 * process of its own: driven through the management interface, and over RADIUS. Every refusal has a
 * login beside it that differs in that one thing.
 */
@Tag("slow")
class OpenVpnTest {
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final int DRIVEN = OpenVpnLab.DRIVEN;
  private static final int PLUGGED = OpenVpnLab.PLUGGED;
  private static final int POOLED = OpenVpnLab.POOLED;

  @TempDir private Path folder;
  private OpenVpnLab lab;
  private StaffedProcess parano;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/openvpn")), "openvpn is not installed");
    assumeTrue("root".equals(System.getProperty("user.name")), "only root makes namespaces");
    lab = new OpenVpnLab(folder);
    var _ = lab.helper(helper());
    parano =
        OpenVpnProcess.start(
            lab.office,
            folder.resolve("parano"),
            List.of(socket(), pool(), helper()),
            List.of(lab.digest("paul"), lab.digest("bea")));
  }

  private Path helper() {
    return folder.resolve("h");
  }

  private Path socket() {
    return folder.resolve("m");
  }

  private Path pool() {
    return folder.resolve("p");
  }

  @AfterEach
  void close() throws Exception {
    if (parano != null) {
      parano.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  private OpenVpnLab.Client right() throws Exception {
    OpenVpnLab.Client client = lab.dial(DRIVEN, "paul", OpenVpnProcess.PASSWORD + parano.otp());
    assertThat(client.up()).as(lab.said(client.name()) + lab.said("driven")).isTrue();
    assertThat(lab.reaches(client, OpenVpnLab.INSIDE)).as(lab.said("helper")).isTrue();
    return client;
  }

  @Test
  void login_withOnesOwnDevicePasswordAndOtp_opensItsTunnelAndNothingLessDoes() throws Exception {
    var _ = lab.driven(socket());
    String otp = parano.otp();
    assertThat(lab.dial(DRIVEN, "bea", OpenVpnProcess.PASSWORD + otp).up()).isFalse();
    assertThat(lab.dial(DRIVEN, "stranger", OpenVpnProcess.PASSWORD + parano.otp()).up()).isFalse();
    assertThat(lab.dial(DRIVEN, "paul", OpenVpnProcess.PASSWORD + otp).up()).as("used").isFalse();
    assertThat(lab.dial(DRIVEN, "paul", "wrong horse" + parano.otp()).up()).isFalse();

    OpenVpnLab.Client client = right();
    assertThat(lab.address(client)).contains(OpenVpnProcess.DEVICE + "/24");
    OpenVpnLab.hangUp(client.process());

    assertThat(lab.dial(DRIVEN, "paul", OpenVpnProcess.PASSWORD, otp).up()).isFalse();
    OpenVpnLab.Client asked = lab.dial(DRIVEN, "paul", OpenVpnProcess.PASSWORD, parano.otp());
    assertThat(asked.up()).as(lab.said(asked.name())).isTrue();
    assertThat(lab.reaches(asked, OpenVpnLab.INSIDE)).isTrue();
  }

  @Test
  void cut_person_endsTheLiveTunnelWithinASecond() throws Exception {
    var _ = lab.driven(socket());
    OpenVpnLab.Client client = right();
    assertThat(cut("bea")).containsPattern("openvpn vpn-1: [0-9.]+ ms, ended there: 0");
    assertThat(lab.pings(client, OpenVpnLab.INSIDE)).as("somebody else was cut").isTrue();

    long pulled = System.nanoTime();
    assertThat(cut("paul")).containsPattern("openvpn vpn-1: [0-9.]+ ms, ended there: 1");
    assertThat(lab.lastAnswer(client, pulled)).isLessThan(Duration.ofSeconds(1));
    assertThat(lab.dial(DRIVEN, "paul", OpenVpnProcess.PASSWORD + parano.otp()).up()).isFalse();
  }

  /** As an operator does on the server's host. */
  private String cut(String name) {
    Path control = Staffed.control(folder.resolve("parano"));
    Office.Ran ran = Office.run("cut", "person", name, "--control", control.toString());
    assertThat(ran.code()).as(ran.toString()).isEqualTo(ExitCode.DONE);
    return ran.out();
  }

  @Test
  void staticChallenge_passwordAndOtpInTwoFields_isLetInAndNotWithOneOfThemWrong()
      throws Exception {
    var _ = lab.driven(socket());
    String used = parano.otp();
    assertThat(lab.dialInTwoFields(DRIVEN, "paul", "wrong horse", used).up()).isFalse();
    assertThat(lab.dialInTwoFields(DRIVEN, "paul", OpenVpnProcess.PASSWORD, used).up())
        .as("used")
        .isFalse();

    OpenVpnLab.Client client =
        lab.dialInTwoFields(DRIVEN, "paul", OpenVpnProcess.PASSWORD, parano.otp());
    assertThat(client.up()).as(lab.said(client.name()) + lab.said("driven")).isTrue();
    assertThat(lab.reaches(client, OpenVpnLab.INSIDE)).isTrue();
  }

  /** The address is OpenVPN's choice; whose it is follows from whose tunnel it is. */
  @Test
  void address_fromThePool_isItsPersonsSourceAloneAndNobodysAfterTheTunnel() throws Exception {
    var _ = lab.pooled(pool());
    OpenVpnLab.Client client = lab.dial(POOLED, null, OpenVpnProcess.PASSWORD + parano.otp());
    assertThat(client.up()).as(lab.said(client.name()) + lab.said("pooled")).isTrue();
    assertThat(lab.reaches(client, "10.80.0.1")).isTrue();
    String address = lab.address(client).replaceAll("(?s).*?(10\\.80\\.0\\.[0-9]+)/.*", "$1");
    assertThat(address).startsWith("10.80.0.");
    assertThat(parano.told("lease " + address)).isEqualTo("true");

    assertThat(parano.told("sign-in paul " + address)).isEqualTo("granted");
    assertThat(parano.told("sign-in bea " + address)).as("a colleague's").isEqualTo("refused");
    assertThat(parano.told("sign-in paul 10.80.0.200")).as("nobody's").isEqualTo("refused");
    assertThat(parano.told("sessions " + address)).isNotEqualTo("0");

    OpenVpnLab.leave(client);
    long left = System.nanoTime();
    while (!parano.told("sessions " + address).equals("0")) {
      assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(WITHIN);
    }
    assertThat(parano.told("sign-in paul " + address)).as("nobody's").isEqualTo("refused");
  }

  @Test
  void parano_killed_endsTheServerAndItsTunnelsWithinFiveSeconds() throws Exception {
    Process server = lab.driven(socket());
    OpenVpnLab.Client client = right();
    parano.signal("KILL");
    long killed = System.nanoTime();
    assertThat(lab.lastAnswer(client, killed)).isLessThan(WITHIN);
    assertThat(server.waitFor(5, TimeUnit.SECONDS)).as(lab.said("driven")).isTrue();
  }

  @Test
  void parano_stopped_letsNobodyInAndClosesWhatStandsWithinFiveSeconds() throws Exception {
    var _ = lab.driven(socket());
    OpenVpnLab.Client client = right();
    parano.signal("STOP");
    long stopped = System.nanoTime();
    assertThat(lab.lastAnswer(client, stopped)).isLessThan(WITHIN);
    String otp = parano.otp();
    assertThat(lab.dial(DRIVEN, "paul", OpenVpnProcess.PASSWORD + otp).up()).isFalse();

    parano.signal("CONT");
    // What was asked meanwhile is decided now, for a client that has given up: it takes the place
    // of the first, and whoever dials again that of both.
    lab.awaited("driven", "CMD 'client-auth 1 ");
    assertThat(right().up()).isTrue();
  }

  @Test
  void radiusPlugin_passwordAndOtp_isLetInOnceAndNotWithoutThem() throws Exception {
    Path plugin = Path.of("/usr/lib/openvpn/radiusplugin.so");
    assumeTrue(Files.exists(plugin), "openvpn-auth-radius is not installed");
    Files.writeString(
        folder.resolve("radius.cnf"),
        """
        NAS-Identifier=vpn-2
        Service-Type=5
        Framed-Protocol=1
        NAS-Port-Type=5
        NAS-IP-Address=10.77.0.1
        OpenVPNConfig=%1$s/plugged.conf
        subnet=255.255.255.0
        overwriteccfiles=true
        server
        {
        \tacctport=%3$d
        \tauthport=%2$d
        \tname=127.0.0.1
        \tretry=1
        \twait=5
        \tsharedsecret=%4$s
        }
        """
            .formatted(
                folder, OpenVpnProcess.ACCESS, OpenVpnProcess.ACCESS + 1, OpenVpnProcess.SHARED));
    lab.plugged("plugged", plugin + " " + folder.resolve("radius.cnf"));
    assertThat(lab.dial(PLUGGED, null, "wrong horse" + parano.otp()).up()).isFalse();
    String otp = parano.otp();
    OpenVpnLab.Client client = lab.dial(PLUGGED, null, OpenVpnProcess.PASSWORD + otp);
    assertThat(client.up()).as(lab.said(client.name()) + lab.said("plugged")).isTrue();
    assertThat(lab.reaches(client, "10.79.0.1")).isTrue();
    assertThat(lab.dial(PLUGGED, null, OpenVpnProcess.PASSWORD + otp).up()).as("used").isFalse();
  }
}
