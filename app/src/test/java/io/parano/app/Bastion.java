package io.parano.app;

import io.parano.kernel.IpAddress;
import io.parano.ssh.JumpConfig;
import io.parano.testkit.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An office with a jump host, a real sshd behind it on two addresses of which the policy names one,
 * and Alice's key with what `parano ssh login` gave her for it.
 */
final class Bastion implements AutoCloseable {
  static final String INSIDE = "127.0.0.40";
  static final String UNLISTED = "127.0.0.41";
  static final String FROM = "127.0.9.9";
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final Path folder;
  private final int jumpPort;
  private final int port;
  private final Process sshd;
  final Office office;

  Bastion(Path folder) throws Exception {
    this(folder, "");
  }

  /**
   * @param more lines of the SSH rule
   */
  Bastion(Path folder, String more) throws Exception {
    this(folder, more, JumpConfig.Limits.usual());
  }

  Bastion(Path folder, String more, JumpConfig.Limits limits) throws Exception {
    this.folder = folder;
    this.jumpPort = FreePort.next();
    this.port = FreePort.next();
    this.office =
        new Office(
            folder,
            policy(more),
            new JumpConfig(
                "127.0.0.1",
                jumpPort,
                List.of("jump.example.test"),
                List.of(IpAddress.parse(FROM)),
                limits));
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "alice");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "host");
    office.employ("alice", "operators");
    office.login("alice");
    certify("alice");
    settle();
    this.sshd = serve();
  }

  static boolean possible() {
    return Files.isExecutable(SSHD) && "root".equals(System.getProperty("user.name"));
  }

  int port() {
    return port;
  }

  int jumpPort() {
    return jumpPort;
  }

  private String policy(String more) {
    return """
    version: 1
    zones:
      office: [127.0.10.0/24]
    rules:
      - name: wages
        hosts: [wages.parano.localhost]
        groups: [accounting]
        zones: [office]
    ssh:
      - name: core
        hosts: core
        groups: [operators]
        zones: [office]
        principals: [root]
        keys: any
        reach: [%s]
        port: %d
    %s\
    """
        .formatted(INSIDE, port, more.isEmpty() ? "" : more.indent(4));
  }

  /** `parano ssh login core` as `name`, for the key of that name. */
  void certify(String name) {
    Office.Ran ran =
        office.as(name, "ssh", "login", "core", "--key", folder.resolve(name).toString());
    if (ran.code() != 0) {
      throw new AssertionError(ran.toString());
    }
  }

  private void settle() throws Exception {
    Files.writeString(folder.resolve("users.pub"), ask("/ssh/users.pub"));
    Files.writeString(
        folder.resolve("known_hosts"), "@cert-authority *.example.test " + ask("/ssh/hosts.pub"));
    Office.Ran ran =
        Office.run(
            "ssh",
            "host-certificate",
            folder.resolve("host.pub").toString(),
            "--name",
            "core1.example.test",
            "--control",
            office.control().toString());
    Files.writeString(folder.resolve("host-cert.pub"), ran.out());
    Files.writeString(folder.resolve("principals"), "root@core\n");
    Files.writeString(folder.resolve("ssh_config"), client());
  }

  private String client() {
    return """
    Host jump
      HostName 127.0.0.1
      HostKeyAlias jump.example.test
      Port %1$d
      User parano-jump
      BindAddress %2$s
      CertificateFile %3$s/alice-jump-cert.pub
    Host core1
      HostName %4$s
      ProxyJump jump
    Host direct
      HostName %4$s
      BindAddress %2$s
    Host core1 direct
      HostKeyAlias core1.example.test
      Port %5$d
      User root
    Host *
      IdentityFile %3$s/alice
      IdentitiesOnly yes
      IdentityAgent none
      BatchMode yes
      # The jump as well: whoever waits for one that was stopped gives up.
      ConnectTimeout 20
      UserKnownHostsFile %3$s/known_hosts
      StrictHostKeyChecking yes
    """
        .formatted(jumpPort, Office.DESK, folder, INSIDE, port);
  }

  private Process serve() throws IOException {
    Files.createDirectories(Path.of("/run/sshd"));
    Files.writeString(
        folder.resolve("sshd_config"),
        """
        Port %2$d
        ListenAddress %3$s
        ListenAddress %4$s
        HostKey %1$s/host
        HostCertificate %1$s/host-cert.pub
        PidFile %1$s/sshd.pid
        TrustedUserCAKeys %1$s/users.pub
        AuthorizedPrincipalsFile %1$s/principals
        AuthorizedKeysFile none
        AuthenticationMethods publickey
        PermitRootLogin yes
        StrictModes no
        UsePAM no
        """
            .formatted(folder, port, INSIDE, UNLISTED));
    Process process =
        new ProcessBuilder(
                SSHD.toString(), "-D", "-e", "-f", folder.resolve("sshd_config").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    while (!answers(UNLISTED, port)) {
      if (!process.isAlive()) {
        throw new IOException(Files.readString(folder.resolve("sshd.log")));
      }
    }
    return process;
  }

  static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral(host), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String ask(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(office.origin() + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** What plain OpenSSH says, its errors among it. */
  String ssh(String... words) throws IOException {
    return run(command(folder, words).toArray(String[]::new));
  }

  /** A connection that stays; returns once a command at the far end has spoken. */
  static Process stay(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(command(folder, "core1", "echo open; exec sleep 60"))
            .redirectErrorStream(true)
            .start();
    String first = new String(process.getInputStream().readNBytes(5), StandardCharsets.UTF_8);
    if (!first.equals("open\n")) {
      throw new IOException(
          first + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return process;
  }

  private static List<String> command(Path folder, String... words) {
    List<String> command =
        new ArrayList<>(List.of("ssh", "-F", folder.resolve("ssh_config").toString()));
    command.addAll(List.of(words));
    return command;
  }

  private String run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    process.getInputStream().transferTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    sshd.destroy();
    office.close();
  }

  /** A bastion in a process of its own, which says where it is ready and waits to be ended. */
  public static void main(String[] arguments) throws Exception {
    try (Bastion bastion = new Bastion(Path.of(arguments[0]))) {
      System.out.println("ready " + bastion.jumpPort + " " + bastion.sshd.pid());
      System.out.flush();
      var _ = System.in.read();
    }
  }
}
