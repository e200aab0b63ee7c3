package io.parano.app;

import io.parano.testkit.JavaCommand;
import io.parano.testkit.TlsAuthority;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two machines in network namespaces: an office, where OpenVPN servers run, unchanged, and a home
 * with clients, whose certificates one authority has signed.
 */
final class OpenVpnLab {
  static final String UP = "Initialization Sequence Completed";
  static final String INSIDE = "10.78.0.1";
  static final int DRIVEN = 1194;
  static final int PLUGGED = 1195;
  static final int POOLED = 1196;

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String id = Long.toString(ProcessHandle.current().pid() % 100_000, 36);
  final String office = "ovs" + id;
  private final String home = "ovc" + id;
  private final Map<String, TlsAuthority.Made> papers = new HashMap<>();
  private int clients;

  OpenVpnLab(Path folder) throws Exception {
    this.folder = folder;
    var _ =
        shell(
            """
            set -e
            ip netns add %1$s; ip netns add %2$s
            ip link add ov%3$s netns %1$s type veth peer name ov%3$s netns %2$s
            ip -n %1$s addr add 10.77.0.1/24 dev ov%3$s
            ip -n %2$s addr add 10.77.0.2/24 dev ov%3$s
            for n in %1$s %2$s; do ip -n $n link set lo up; ip -n $n link set ov%3$s up; done
            """
                .formatted(office, home, id));
    TlsAuthority authority = TlsAuthority.in(folder, "ca");
    for (String name : List.of("server", "paul", "bea", "stranger")) {
      papers.put(name, authority.certify(name));
    }
  }

  /** What an officer would be told to write down. */
  String digest(String device) throws Exception {
    return shell(
            "openssl x509 -in %s -outform DER | sha256sum | cut -c1-64"
                .formatted(paper(device).certificate()))
        .strip();
  }

  private TlsAuthority.Made paper(String name) {
    return Objects.requireNonNull(papers.get(name));
  }

  /** A server's configuration begins like this. */
  private String frame(int port, String device, String network) {
    return """
    port %1$d
    proto udp
    local 10.77.0.1
    dev %2$s
    dev-type tun
    topology subnet
    server %3$s 255.255.255.0
    ca ca.pem
    cert %4$s
    key %5$s
    dh none
    username-as-common-name
    verb 3
    """
        .formatted(port, device, network, paper("server").certificate(), paper("server").key());
  }

  /** One that Parano drives, for devices that have a certificate. */
  Process driven(Path management) throws Exception {
    return managed("driven", frame(DRIVEN, "tun0", "10.78.0.0"), "require", management);
  }

  /** One that Parano drives, and that gives out addresses of its own. */
  Process pooled(Path management) throws Exception {
    return managed("pooled", frame(POOLED, "tun2", "10.80.0.0"), "none", management);
  }

  private Process managed(String name, String frame, String certificates, Path management)
      throws Exception {
    Files.writeString(
        folder.resolve(name + ".conf"),
        frame
            + """
            verify-client-cert %s
            management %s unix
            management-client
            management-client-auth
            management-hold
            """
                .formatted(certificates, management));
    Process server = start(name, office, "openvpn", "--config", name + ".conf");
    awaited(name, UP);
    return server;
  }

  /** One with a plugin. */
  void plugged(String name, String plugin) throws Exception {
    Files.createDirectories(folder.resolve("ccd"));
    Files.writeString(
        folder.resolve(name + ".conf"),
        frame(PLUGGED, "tun1", "10.79.0.0")
            + """
            verify-client-cert none
            client-config-dir %1$s/ccd
            status %1$s/status 1
            status-version 1
            plugin %2$s
            """
                .formatted(folder, plugin));
    var _ = start(name, office, "openvpn", "--config", name + ".conf");
    awaited(name, UP);
  }

  /** Root's helper in the office's network. */
  Process helper(Path socket) throws Exception {
    Process helper =
        start(
            "helper",
            office,
            JavaCommand.of(
                    Main.class.getName(),
                    "vpn-helper",
                    "--interface",
                    "tun0",
                    "--network",
                    "10.78.0.0/24",
                    "--socket",
                    socket.toString(),
                    "--user",
                    "root",
                    "--through",
                    "openvpn")
                .toArray(String[]::new));
    for (int tries = 0; tries < 1_500 && !Files.exists(socket); tries++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return helper;
  }

  /** Somebody who dials, and the name of their interface. */
  record Client(String name, Process process, boolean up) {}

  /**
   * @param device whose certificate; null for none
   */
  Client dial(int port, @Nullable String device, String password) throws Exception {
    return dial(port, device, password, null);
  }

  /**
   * @param answer to the server's question; null when there should be none
   */
  Client dial(int port, @Nullable String device, String password, @Nullable String answer)
      throws Exception {
    String name = "c" + ++clients;
    Files.writeString(folder.resolve("up"), "paul\n" + password + "\n");
    List<String> command = command(name, port, device);
    command.addAll(List.of("--auth-user-pass", "up"));
    if (answer != null) {
      command.addAll(List.of("--setenv", "IV_SSO", "crtext", "--push-peer-info"));
      command.addAll(List.of("--management", name + ".sock", "unix", "--management-hold"));
    }
    Process process = start(name, home, command.toArray(String[]::new));
    if (answer != null) {
      conversed(name, "CR_TEXT", "cr-response " + encoded(answer));
    }
    return awaited(name, process);
  }

  /**
   * With a field of its own for the one-time password, as the client's configuration asks for it
   * (`static-challenge`); a graphical client is what answers, through the management interface.
   */
  Client dialInTwoFields(int port, String device, String password, String otp) throws Exception {
    String name = "c" + ++clients;
    List<String> command = command(name, port, device);
    command.addAll(List.of("--auth-user-pass", "--static-challenge", "One-time password", "1"));
    command.addAll(List.of("--management", name + ".sock", "unix", "--management-hold"));
    command.add("--management-query-passwords");
    Process process = start(name, home, command.toArray(String[]::new));
    conversed(
        name,
        "SC:1,One-time password",
        "username \"Auth\" \"paul\"",
        "password \"Auth\" \"SCRV1:%s:%s\"".formatted(encoded(password), encoded(otp)));
    return awaited(name, process);
  }

  private List<String> command(String name, int port, @Nullable String device) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ("openvpn --client --dev %1$s --dev-type tun --proto udp --remote 10.77.0.1 %2$d --lport 0"
                        + " --ca ca.pem --remote-cert-tls server --auth-retry none --explicit-exit-notify 1"
                        + " --connect-retry-max 1 --connect-timeout 4 --hand-window 8 --verb 3")
                    .formatted(name, port)
                    .split(" ", -1)));
    if (device != null) {
      TlsAuthority.Made own = paper(device);
      command.addAll(
          List.of("--cert", own.certificate().toString(), "--key", own.key().toString()));
    }
    return command;
  }

  private Client awaited(String name, Process process) throws Exception {
    long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (process.isAlive() && !said(name).contains(UP)) {
      TimeUnit.MILLISECONDS.sleep(20);
      if (said(name).contains("TLS Error")
          || said(name).contains("AUTH_FAILED")
          || System.nanoTime() > last) {
        hangUp(process);
      }
    }
    return new Client(name, process, said(name).contains(UP));
  }

  /** Lets the client go on, and answers what it asks. */
  private void conversed(String name, String question, String... answers) throws Exception {
    Path socket = folder.resolve(name + ".sock");
    for (int tries = 0; tries < 500 && !Files.exists(socket); tries++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
      tell(channel, "hold release");
      String line = lines.readLine();
      while (line != null && !line.contains(question)) {
        line = lines.readLine();
      }
      for (String answer : answers) {
        tell(channel, answer);
        // A client that is left before it has replied finds a broken pipe, and reads no further.
        line = lines.readLine();
        while (line != null && !line.startsWith("SUCCESS:")) {
          line = lines.readLine();
        }
      }
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void tell(SocketChannel channel, String line) throws IOException {
    var _ = channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** With the processes that a plugin began for it, which would go on. */
  static void hangUp(Process process) throws InterruptedException {
    List<ProcessHandle> begun = process.descendants().toList();
    process.destroyForcibly();
    process.waitFor();
    begun.forEach(ProcessHandle::destroyForcibly);
  }

  /** Says goodbye, as OpenVPN does when it is told to end. */
  static void leave(Client client) throws InterruptedException {
    client.process().destroy();
    client.process().waitFor();
  }

  String address(Client client) throws Exception {
    return shell("ip -n %s -4 -br addr show dev %s".formatted(home, client.name()));
  }

  boolean pings(Client client, String address) throws Exception {
    return shell("ip netns exec %s ping -c1 -W0.3 -I %s %s".formatted(home, client.name(), address))
        .contains(" 0% packet loss");
  }

  boolean reaches(Client client, String address) throws Exception {
    for (int tries = 0; tries < 30; tries++) {
      if (pings(client, address)) {
        return true;
      }
    }
    return false;
  }

  /** How long after `since` a ping was sent that was still answered. */
  Duration lastAnswer(Client client, long since) throws Exception {
    long last = since;
    int missed = 0;
    while (missed < 3 && System.nanoTime() - since < TimeUnit.SECONDS.toNanos(15)) {
      long sent = System.nanoTime();
      if (pings(client, INSIDE)) {
        last = sent;
        missed = 0;
      } else {
        missed++;
      }
    }
    return Duration.ofNanos(last - since);
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

  void awaited(String log, String words) throws Exception {
    for (int tries = 0; tries < 1_500 && !said(log).contains(words); tries++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    if (!said(log).contains(words)) {
      throw new IOException(said(log));
    }
  }

  String said(String log) throws IOException {
    return Files.readString(folder.resolve(log + ".log"));
  }

  private String shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", script)
            .directory(folder.toFile())
            .redirectError(folder.resolve("shell.log").toFile())
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return told;
  }

  void close() throws Exception {
    for (Process process : processes.reversed()) {
      hangUp(process);
    }
    var _ = shell("ip netns del %s; ip netns del %s".formatted(office, home));
  }
}
