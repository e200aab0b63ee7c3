package io.parano.bench;

import io.parano.access.Change;
import io.parano.access.DevicePasswordText;
import io.parano.access.IssuedCertificate;
import io.parano.access.Jumping;
import io.parano.config.MailPlace;
import io.parano.identity.Device;
import io.parano.kernel.Bytes;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Sealer;
import io.parano.kernel.Secret;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.session.Lease;
import io.parano.session.Session;
import io.parano.sshcert.Certificate;
import io.parano.sshcert.KeyReading;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.SshKey;
import io.parano.store.SqlLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// People who are in on every door, for [CutBench].
///
/// @param certificates one file each for the connections through the jump host
/// @param programs one each for the open mailboxes
record CutTown(
    Installation installation,
    Ways ways,
    List<Connecting> certificates,
    List<MailAnswering.Program> programs) {
  static final int WEB = 4;
  static final int VPN = 2;
  static final int SSH = 2;
  static final int WIREGUARD = 1;
  private static final int AT_ONCE = 8;
  private static final int PATIENCE_LOOKS = 600;
  private static final int LOOK_EVERY_MILLIS = 50;
  private static final Duration LIFE = Duration.ofHours(12);
  private static final String JUMP = "jump.bench.localhost";

  /// Ports, and whoever listens there.
  ///
  /// @param jump the jump host
  /// @param disconnect the VPN server that is told to end tunnels
  /// @param mail where mail servers ask
  /// @param doveadm the mail server that is told to close mailboxes
  record Ways(int jump, int disconnect, int mail, int doveadm) {}

  /// @param source from where it comes
  record Connecting(Path certificate, String source) {}

  Path control() {
    return installation.folder().resolve("control/socket");
  }

  Path helper() {
    return installation.folder().resolve("helper");
  }

  static CutTown make(Path folder, int people) throws IOException, InterruptedException {
    int port = Ports.free();
    int adminPort = Ports.free();
    Ways ways = new Ways(Ports.free(), Ports.free(), Ports.free(), Ports.free());
    SecureRandom random = new SecureRandom();
    secret(folder.resolve("passphrase"), "for measuring only");
    secret(folder.resolve("front.secret"), Installation.PROXY_SECRET);
    Author author = new Author(folder, random::nextBytes);
    Files.writeString(
        folder.resolve("parano.yaml"), configuration(port, adminPort, ways, author.sealer()));
    keygen(folder);
    Files.writeString(
        folder.resolve("known_hosts"),
        "@cert-authority " + JUMP + " " + author.sshHosts().publicKey().line("") + "\n");
    List<Installation.Visit> visits = new ArrayList<>();
    CutTown town =
        new CutTown(
            new Installation(folder, port, adminPort, visits),
            ways,
            new ArrayList<>(),
            new ArrayList<>());
    try (SqlLedger ledger = author.open()) {
      author.commit(ledger, List.of(policy()));
      for (int i = 0; i < people; i++) {
        author.commit(ledger, town.person(author, i));
      }
      var _ = ledger.checkpoint(Instant.now());
    }
    return town;
  }

  private List<Change> person(Author author, int number) throws IOException {
    Path folder = installation.folder();
    String source = "127.20." + number / 250 + "." + (1 + number % 250);
    Author.Somebody somebody = author.somebody(number);
    List<Change> changes = new ArrayList<>(somebody.changes());
    for (int i = 0; i < WEB / 2; i++) {
      Session portal = somebody.session(Session.Kind.PORTAL, Installation.SIGN_IN, source, null);
      changes.add(new Change.PutSession(portal));
      String bearer = somebody.bearer();
      changes.add(
          new Change.PutSession(
              somebody.session(Session.Kind.HOST, Installation.HOST, source, bearer, portal.id())));
      installation.visits().add(new Installation.Visit(bearer, source));
    }
    for (int i = 0; i < VPN; i++) {
      changes.add(new Change.PutSession(somebody.session(Session.Kind.VPN, "vpn-1", source, null)));
    }
    changes.addAll(tunnel(somebody, number, source));
    changes.add(mailbox(somebody, number, source));
    SshKey key = key(folder);
    for (int i = 0; i < SSH; i++) {
      Session session = somebody.session(Session.Kind.SSH, "core", source, null);
      changes.add(new Change.PutSession(session));
      IssuedCertificate issued = issued(session, key);
      changes.add(new Change.PutCertificate(issued));
      Path file = folder.resolve("certificate-%d-%d".formatted(number, i));
      Files.writeString(
          file,
          SignedCertificate.by(author.sshUsers(), certificate(author, issued, key, source, number))
                  .line("")
              + "\n");
      certificates.add(new Connecting(file, source));
    }
    return changes;
  }

  /// Of an enrolled device.
  private static List<Change> tunnel(Author.Somebody somebody, int number, String source) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    IpAddress address = IpAddress.parse("10.88." + number / 250 + "." + (1 + number % 250));
    Session session = somebody.session(Session.Kind.DEVICE, "wg-1", source, null);
    Device device =
        new Device(
            DeviceId.next(session.startedAt(), new SecureRandom()::nextBytes),
            session.person(),
            "laptop",
            Device.Kind.WIREGUARD,
            Bytes.of(key),
            address,
            Device.State.ACTIVE,
            session.startedAt());
    return List.of(
        new Change.PutDevice(device),
        new Change.PutSession(session),
        new Change.PutLease(
            new Lease(session.id(), address, device.id(), session.startedAt(), session.endsAt())));
  }

  private Change mailbox(Author.Somebody somebody, int number, String source) {
    Secret password = DevicePasswordText.random(new SecureRandom()::nextBytes);
    programs.add(
        new MailAnswering.Program(
            "person" + number, new String(password.copy(), StandardCharsets.UTF_8), source));
    return somebody.devicePassword(password);
  }

  private static IssuedCertificate issued(Session session, SshKey key) {
    return new IssuedCertificate(
        1 + (new SecureRandom().nextLong() >>> 2),
        session.id(),
        IssuedCertificate.Purpose.JUMP,
        "core",
        key.fingerprint(),
        session.startedAt(),
        session.endsAt(),
        session.endsAt());
  }

  private static Certificate certificate(
      Author author, IssuedCertificate issued, SshKey key, String source, int number) {
    TreeMap<String, Bytes> critical = new TreeMap<>();
    critical.put(Certificate.SOURCE_ADDRESS, Certificate.value(source + "/32"));
    TreeMap<String, Bytes> extensions = new TreeMap<>();
    extensions.put("permit-port-forwarding", Bytes.EMPTY);
    byte[] nonce = new byte[32];
    new SecureRandom().nextBytes(nonce);
    return new Certificate(
        key,
        Bytes.of(nonce),
        issued.serial(),
        Certificate.Kind.USER,
        "person" + number,
        List.of(Jumping.PRINCIPAL),
        issued.issuedAt().minus(Duration.ofMinutes(1)).getEpochSecond(),
        issued.issuedAt().plus(LIFE).getEpochSecond(),
        critical,
        extensions,
        author.sshUsers().publicKey());
  }

  private static SshKey key(Path folder) throws IOException {
    return switch (KeyReading.ofLine(Files.readString(folder.resolve("own.pub")).strip())) {
      case KeyReading.Read(var key) -> key;
      case KeyReading.Malformed malformed -> throw new IOException(malformed.toString());
    };
  }

  /// Opens them all; returns when each has been let in.
  List<Process> connect(Children children) throws IOException, InterruptedException {
    listening();
    List<Future<Process>> in = new ArrayList<>();
    List<Process> connections = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Connecting one : certificates) {
        in.add(threads.submit(() -> letIn(children.start(ssh(one)))));
      }
      for (Future<Process> one : in) {
        connections.add(one.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
    return connections;
  }

  /// The jump host opens after the web does.
  private void listening() throws IOException, InterruptedException {
    for (int look = 0; look < PATIENCE_LOOKS; look++) {
      try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), ways.jump())) {
        if (socket.isConnected()) {
          return;
        }
      } catch (ConnectException notYet) {
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    }
    throw new IOException("the jump host does not open");
  }

  private ProcessBuilder ssh(Connecting one) {
    return new ProcessBuilder(
            "ssh",
            "-v",
            "-N",
            "-F",
            "none",
            "-p",
            Integer.toString(ways.jump()),
            "-l",
            Jumping.PRINCIPAL,
            "-b",
            one.source(),
            "-i",
            installation.folder().resolve("own").toString(),
            "-o",
            "CertificateFile=" + one.certificate(),
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "IdentityAgent=none",
            "-o",
            "BatchMode=yes",
            "-o",
            "UserKnownHostsFile=" + installation.folder().resolve("known_hosts"),
            "-o",
            "GlobalKnownHostsFile=/dev/null",
            "-o",
            "HostKeyAlias=" + JUMP,
            "127.0.0.1")
        .redirectErrorStream(true);
  }

  /// Reads on after that, so that it never waits for us.
  private static Process letIn(Process process) throws IOException {
    BufferedReader says =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    List<String> said = new ArrayList<>();
    for (String line = says.readLine(); line != null; line = says.readLine()) {
      said.add(line);
      if (line.contains("Entering interactive session")) {
        Thread.ofVirtual().start(() -> says.lines().forEach(rest -> {}));
        return process;
      }
    }
    throw new IOException("expected to be let in: " + String.join("\n", said));
  }

  private static Change policy() {
    String document =
        """
        version: 1
        zones: { town: [127.20.0.0/16], tunnel: { networks: [10.88.0.0/16], leased: true } }
        rules:
          - { name: reports, groups: [staff], zones: [town], hosts: [%s], paths: [/reports/*] }
        ssh:
          - { name: core, hosts: core, groups: [staff], zones: [town], principals: [deploy], keys: any, reach: [127.0.0.1] }
        vpn:
          - { name: vpn, server: vpn-1, groups: [staff], zones: [town] }
          - { name: outside, server: wg-1, groups: [staff], device: enrolled, connection: 12h }
        """
            .formatted(Installation.HOST);
    return switch (Policy.read(document)) {
      case PolicyReading.Read(var policy, var weaknesses) ->
          new Change.PutPolicy(1, policy.digest(), policy.document(), Instant.now());
      case PolicyReading.Mistaken mistaken -> throw new IllegalStateException(mistaken.toString());
    };
  }

  private static String configuration(int port, int adminPort, Ways ways, Sealer sealer)
      throws IOException {
    return """
    version: 1
    company: Bench
    data: data
    checkpoints: checkpoints
    control: control/socket
    keyset: { file: keyset, passphrase: { file: passphrase } }
    sign-in: { origin: "http://%1$s:8080" }
    listen: [{ tcp: "127.0.0.1:%2$d" }]
    admin: { tcp: "127.0.0.1:%3$d" }
    hosts: [{ origin: "http://%4$s:8080" }]
    proxies: [{ name: front, addresses: [127.0.0.1], secret-file: front.secret }]
    radius:
      access: 127.0.0.1:%5$d
      accounting: 127.0.0.1:%6$d
      clients: [{ name: vpn-1, addresses: [127.0.0.1], secret: %7$s, disconnect: "127.0.0.1:%8$d" }]
    mail:
      listen: [{ tcp: "127.0.0.1:%11$d" }]
      servers: [{ name: nginx-1, kind: nginx, addresses: [127.0.0.1], secret: %12$s, password: %13$s, imap: "127.0.0.1:1" }]
      doveadm: [{ name: dovecot-1, url: "http://127.0.0.1:%14$d/doveadm/v1", key: %15$s }]
    wireguard:
      server: wg-1
      helper: helper
      interface: wg0
      networks: [10.88.0.0/16]
      endpoint: "127.0.0.1:51820"
      public-key: AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=
    ssh-jump: { tcp: "127.0.0.1:%9$d", names: [%10$s], from: [127.0.0.1] }
    logs: warn
    """
        .formatted(
            Installation.SIGN_IN,
            port,
            adminPort,
            Installation.HOST,
            Ports.free(),
            Ports.free(),
            sealed(sealer, VpnAnswering.SECRET, "radius-client/vpn-1"),
            ways.disconnect(),
            ways.jump(),
            JUMP,
            ways.mail(),
            sealed(sealer, MailAnswering.SECRET, MailPlace.Use.SERVER.context("nginx-1")),
            sealed(sealer, "technical", MailPlace.Use.BACKEND.context("nginx-1")),
            ways.doveadm(),
            sealed(sealer, "key", MailPlace.Use.DOVEADM.context("dovecot-1")));
  }

  private static String sealed(Sealer sealer, String secret, String context) {
    return Bytes.of(sealer.seal(secret.getBytes(StandardCharsets.UTF_8), context)).base64Url();
  }

  private static void keygen(Path folder) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "own")
            .directory(folder.toFile())
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("ssh-keygen ended with " + code);
    }
  }

  private static void secret(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text + "\n");
  }
}
