package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.Admitting;
import io.parano.kernel.IpAddress;
import io.parano.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenVPN, unchanged, in two network namespaces: a server under the door, and clients. Every
 * refusal has a login beside it that differs in that one thing.
 */
@Tag("slow")
class OpenVpnServerTest {
  private static final String UP = "Initialization Sequence Completed";

  @TempDir private Path folder;
  private final PaperTunnels core = new PaperTunnels();
  private final List<Process> processes = new ArrayList<>();
  private final String id = Long.toString(ProcessHandle.current().pid() % 100_000, 36);
  private OpenVpnDoor door;
  private Process server;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/openvpn")), "openvpn is not installed");
    assumeTrue("root".equals(System.getProperty("user.name")), "only root makes namespaces");
    shell(
        """
        ip netns add os%1$s; ip netns add oc%1$s
        ip link add v%1$s netns os%1$s type veth peer name v%1$s netns oc%1$s
        ip -n os%1$s addr add 10.77.0.1/24 dev v%1$s
        ip -n oc%1$s addr add 10.77.0.2/24 dev v%1$s
        for n in os%1$s oc%1$s; do ip -n $n link set lo up; ip -n $n link set v%1$s up; done
        """
            .formatted(id));
    TlsAuthority authority = TlsAuthority.in(folder, "ca");
    TlsAuthority.Made own = authority.certify("server");
    Path socket = folder.resolve("m");
    door = Sample.openVpn(socket, null, core);
    Files.writeString(
        folder.resolve("s.conf"),
        """
        port 1194
        proto udp
        local 10.77.0.1
        dev tun0
        topology subnet
        server 10.78.0.0 255.255.255.0
        ca ca.pem
        cert %2$s
        key %3$s
        dh none
        verify-client-cert none
        username-as-common-name
        management %1$s unix
        management-client
        management-client-auth
        management-hold
        verb 3
        """
            .formatted(socket, own.certificate(), own.key()));
    server = start("s", "os" + id, "openvpn", "--config", "s.conf");
    awaited("s", UP);
  }

  @AfterEach
  void close() throws Exception {
    for (Process process : processes) {
      process.destroyForcibly();
      process.waitFor();
    }
    if (door != null) {
      door.close();
    }
    if (!processes.isEmpty()) {
      shell("ip netns del os%1$s; ip netns del oc%1$s".formatted(id));
    }
  }

  @Test
  void client_rightAndWrong_isLetInWithItsAddressAndDenied() throws Exception {
    assertThat(connected("camille", "right")).isTrue();
    assertThat(core.asked.getFirst().station()).isEqualTo(IpAddress.parse("10.77.0.2"));
    assertThat(shell("ip -n oc%s -4 -br addr show dev c1".formatted(id))).contains("10.78.0.5/24");
    assertThat(shell("ip netns exec oc%s ping -c1 -W2 -I c1 10.78.0.1".formatted(id)))
        .contains(" 0% packet loss");
    assertThat(connected("camille", "wrong")).isFalse();
    assertThat(said("c2")).contains("AUTH_FAILED");
    core.awaitTold(Admitting.Account.Status.STARTED);
  }

  @Test
  void cut_liveTunnel_isEndedWithinASecond() throws Exception {
    assertThat(connected("paul", "right")).isTrue();
    long began = System.nanoTime();
    assertThat(door.closed(core.cut(core.tunnels.getFirst()))).isEqualTo(1);
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(1_000);
    core.awaitTold(Admitting.Account.Status.STOPPED);
  }

  @Test
  void authorityGone_serverEnds() throws Exception {
    assertThat(connected("paul", "right")).isTrue();
    assertThat(server.isAlive()).isTrue();
    door.close();
    assertThat(server.waitFor(5, TimeUnit.SECONDS)).as(said("s")).isTrue();
    assertThat(connected("paul", "right")).isFalse();
  }

  private int clients;

  private boolean connected(String name, String password) throws Exception {
    String client = "c" + ++clients;
    Files.writeString(folder.resolve("up"), name + "\n" + password + "\n");
    Process process =
        start(
            client,
            "oc" + id,
            ("openvpn --client --dev %s --dev-type tun --proto udp --remote 10.77.0.1 1194 --lport 0"
                    + " --ca ca.pem --remote-cert-tls server --auth-user-pass up --auth-retry none"
                    + " --connect-retry-max 1 --connect-timeout 4 --hand-window 6 --verb 3")
                .formatted(client)
                .split(" ", -1));
    while (process.isAlive() && !said(client).contains(UP)) {
      TimeUnit.MILLISECONDS.sleep(20);
      if (said(client).toLowerCase(Locale.ROOT).contains("tls error")) {
        return false;
      }
    }
    return said(client).contains(UP);
  }

  private Process start(String log, String namespace, String... command) throws IOException {
    List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    whole.addAll(List.of(command));
    Process process =
        new ProcessBuilder(whole)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log + ".log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private void awaited(String log, String words) throws Exception {
    for (int tries = 0; tries < 1_000 && !said(log).contains(words); tries++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(said(log)).contains(words);
  }

  private String said(String log) throws IOException {
    return Files.readString(folder.resolve(log + ".log"));
  }

  private String shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return told;
  }
}
