package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.Certifying;
import io.parano.app.SshHostAgent;
import io.parano.kernel.Bytes;
import io.parano.keys.Keyset;
import io.parano.keys.SshSigner;
import io.parano.sshcert.Certificate;
import io.parano.sshcert.KeyReading;
import io.parano.sshcert.RevocationList;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.SshKey;
import io.parano.sshcert.SshSignature;
import io.parano.testkit.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real sshd with the lines of `docs/ssh.md`, and a real ssh before it. Every refusal has a login
/// beside it that differs in that one thing.
@Tag("interop")
class SshdTest {
  private static final String HERE = "127.0.0.5";
  private static final String ELSEWHERE = "127.0.0.66";
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private static final String PRINCIPALS = "parano-ssh-principals";

  @TempDir Path folder;

  /// Where the script is installed: sshd takes none from below a folder that others may write to.
  private Path installed = Path.of("");

  private final Keyset keyset = Keyset.fresh(Instant.now(), new SecureRandom()::nextBytes);
  private final SshSigner users = keyset.sshUsers();
  private final SshSigner hosts = keyset.sshHosts();
  private int port;
  private Process sshd;
  private SshKey key;

  SshdTest() throws IOException {
    // Replaced by the real one; nothing here is null.
    sshd = new ProcessBuilder("true").start();
    key = users.publicKey();
  }

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.isExecutable(SSHD), "no sshd here");
    assumeTrue("root".equals(System.getProperty("user.name")), "sshd wants root");
    Files.createDirectories(Path.of("/run/sshd"));
    installed = Files.createTempDirectory(Path.of("/run"), "parano-ssh-test");
    Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.copy(
        page().resolveSibling("../packaging/ssh").resolve(PRINCIPALS),
        installed.resolve(PRINCIPALS));
    Files.setPosixFilePermissions(
        installed.resolve(PRINCIPALS), PosixFilePermissions.fromString("rwxr-xr-x"));
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "own");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "ssh_host_ed25519_key");
    key = read("own.pub");
    Files.writeString(
        folder.resolve("ssh_host_ed25519_key-cert.pub"),
        signed(hosts, hostCertificate(read("ssh_host_ed25519_key.pub"))));
    Files.writeString(folder.resolve("parano_users.pub"), users.publicKey().line("") + "\n");
    Files.createDirectories(folder.resolve("sessions"));
    revoke(List.of());
    port = FreePort.next();
    Files.writeString(
        folder.resolve("known_hosts"),
        "@cert-authority [127.0.0.1]:" + port + " " + hosts.publicKey().line("") + "\n");
    Files.writeString(folder.resolve("sshd_config"), own() + documented());
    sshd =
        new ProcessBuilder(
                SSHD.toString(), "-D", "-e", "-f", folder.resolve("sshd_config").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    listening();
  }

  @AfterEach
  void stop() throws InterruptedException, IOException {
    sshd.destroy();
    sshd.waitFor(5, TimeUnit.SECONDS);
    if (!installed.toString().isEmpty()) {
      Files.deleteIfExists(installed.resolve(PRINCIPALS));
      Files.delete(installed);
    }
  }

  /// What is this machine's alone: sshd takes the first value of each key.
  private String own() {
    return String.join(
        "\n",
        "Port " + port,
        "ListenAddress 127.0.0.1",
        "HostKey " + folder.resolve("ssh_host_ed25519_key"),
        "HostCertificate " + folder.resolve("ssh_host_ed25519_key-cert.pub"),
        "PidFile " + folder.resolve("sshd.pid"),
        "StrictModes no",
        "UsePAM no",
        "");
  }

  /// The block of the page that begins with `TrustedUserCAKeys`.
  private String documented() throws IOException {
    String page = Files.readString(page());
    int begin = page.indexOf("TrustedUserCAKeys");
    return page.substring(begin, page.indexOf("```", begin))
        .replace("/etc/ssh/", folder + "/")
        .replace("/run/parano-ssh", folder.toString())
        .replace("/usr/lib/parano", installed.toString());
  }

  private static Path page() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("docs/ssh.md"))) {
        return at.resolve("docs/ssh.md");
      }
    }
    throw new IllegalStateException("not started inside the project");
  }

  private SshKey read(String name) throws IOException {
    return switch (KeyReading.ofLine(Files.readString(folder.resolve(name)))) {
      case KeyReading.Malformed(var flaw) -> throw new AssertionError(flaw);
      case KeyReading.Read(var read) -> read;
    };
  }

  private static String signed(SshSigner signer, Certificate certificate) {
    return SignedCertificate.by(signer, certificate).line("") + "\n";
  }

  private Certificate hostCertificate(SshKey host) {
    Instant now = Instant.now();
    return new Certificate(
        host,
        Bytes.of(new byte[32]),
        1,
        Certificate.Kind.HOST,
        "here",
        List.of("127.0.0.1"),
        now.minusSeconds(60).getEpochSecond(),
        now.plusSeconds(600).getEpochSecond(),
        new TreeMap<>(),
        new TreeMap<>(),
        hosts.publicKey());
  }

  private Certificate certificate(long serial, String principal, Instant from) {
    TreeMap<String, Bytes> critical = new TreeMap<>();
    critical.put(Certificate.SOURCE_ADDRESS, Certificate.value(HERE + "/32"));
    return new Certificate(
        key,
        Bytes.of(new byte[32]),
        serial,
        Certificate.Kind.USER,
        "olga",
        List.of(principal),
        from.minusSeconds(30).getEpochSecond(),
        from.plusSeconds(600).getEpochSecond(),
        critical,
        new TreeMap<>(),
        users.publicKey());
  }

  private Certificate usual(long serial) {
    return certificate(serial, "root@web", Instant.now());
  }

  /// As the agent on a host will: written beside, then renamed.
  private void revoke(List<RevocationList.Section> sections) throws IOException {
    Path fresh = folder.resolve("revoked.new");
    Files.write(fresh, new RevocationList(1, Instant.now(), "parano", sections).write().copy());
    Files.move(fresh, folder.resolve("revoked"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static List<RevocationList.Section> serial(long serial) {
    return List.of(
        new RevocationList.Section(null, List.of(RevocationList.Range.of(serial)), List.of()));
  }

  private void age(Duration age) throws IOException {
    Path list = folder.resolve("revoked");
    if (Files.exists(list)) {
      Files.setLastModifiedTime(list, FileTime.from(Instant.now().minus(age)));
    }
  }

  /// With a list as young as an agent at work keeps it.
  private String login(Certificate certificate, String source) throws IOException {
    age(Duration.ZERO);
    return loginAsItIs(certificate, source);
  }

  private String loginAsItIs(Certificate certificate, String source) throws IOException {
    Files.writeString(folder.resolve("own-cert.pub"), signed(users, certificate));
    return run(ssh("own", source, "echo came-in").toArray(String[]::new));
  }

  /// Plain OpenSSH with one key and nothing of whoever runs the tests.
  private List<String> ssh(String key, String source, String command) {
    return List.of(
        "ssh",
        "-F",
        "none",
        "-p",
        Integer.toString(port),
        "-b",
        source,
        "-o",
        "UserKnownHostsFile=" + folder.resolve("known_hosts"),
        "-o",
        "StrictHostKeyChecking=yes",
        "-o",
        "IdentitiesOnly=yes",
        "-o",
        "IdentityAgent=none",
        "-o",
        "BatchMode=yes",
        "-i",
        key,
        "root@127.0.0.1",
        command);
  }

  private void assertIn(Certificate certificate) throws IOException {
    assertThat(login(certificate, HERE)).endsWith("came-in\n");
  }

  private void assertOut(Certificate certificate, String source) throws IOException {
    assertThat(login(certificate, source)).contains("Permission denied");
  }

  @Test
  void login_fromAnotherAddress_isRefused() throws IOException {
    assertIn(usual(2));
    assertOut(usual(2), ELSEWHERE);
  }

  @Test
  void login_withLastWeeksCertificate_isRefused() throws IOException {
    assertIn(usual(2));
    assertOut(certificate(2, "root@web", Instant.now().minus(Duration.ofDays(7))), HERE);
  }

  @Test
  void login_forOtherHostsOrAnotherAccount_isRefused() throws IOException {
    assertIn(usual(2));
    assertOut(certificate(2, "root@db", Instant.now()), HERE);
    assertOut(certificate(2, "deploy@web", Instant.now()), HERE);
  }

  @Test
  void login_serialOnTheList_isRefusedWithoutReload() throws IOException {
    assertIn(usual(2));
    revoke(serial(2));
    assertOut(usual(2), HERE);
    assertIn(usual(3));
    revoke(RevocationList.EVERYTHING);
    assertOut(usual(3), HERE);
  }

  @Test
  void login_withoutAList_isRefused() throws IOException {
    assertIn(usual(2));
    Files.delete(folder.resolve("revoked"));
    assertOut(usual(2), HERE);
  }

  @Test
  void login_certificateOfAnotherAuthority_isRefused() throws IOException {
    assertIn(usual(2));
    SshSigner stranger = Keyset.fresh(Instant.now(), new SecureRandom()::nextBytes).sshUsers();
    Certificate honest = usual(2);
    Certificate foreign =
        new Certificate(
            honest.key(),
            honest.nonce(),
            honest.serial(),
            honest.kind(),
            honest.keyId(),
            honest.principals(),
            honest.validAfter(),
            honest.validBefore(),
            honest.critical(),
            honest.extensions(),
            stranger.publicKey());
    Files.writeString(folder.resolve("own-cert.pub"), signed(stranger, foreign));
    assertThat(run(ssh("own", HERE, "true").toArray(String[]::new))).contains("Permission denied");
  }

  @Test
  void login_listGrownOld_isRefusedWithoutAnybodysDoing() throws IOException {
    assertIn(usual(2));
    age(Duration.ofSeconds(10));
    assertThat(loginAsItIs(usual(2), HERE)).contains("Permission denied");
  }

  private String published(long version, List<RevocationList.Section> sections) {
    byte[] list = new RevocationList(version, Instant.now(), "parano", sections).write().copy();
    return SshSignature.sign(users, Certifying.REVOCATIONS, list)
        + Base64.getEncoder().encodeToString(list)
        + "\n";
  }

  @Test
  void agent_certificateRevoked_endsItsConnectionAndNoOther() throws Exception {
    AtomicReference<String> says = new AtomicReference<>(published(1, List.of()));
    SshHostAgent agent =
        new SshHostAgent(says::get, users.publicKey(), folder, InstantSource.system());
    assertThat(agent.round()).isEqualTo(new SshHostAgent.Round.Applied(1, 0));
    Process revoked = stay(usual(2));
    Process other = stay(usual(3));

    says.set(published(2, serial(2)));
    assertThat(agent.round()).isEqualTo(new SshHostAgent.Round.Applied(2, 1));
    assertThat(revoked.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(other.isAlive()).isTrue();
    assertOut(usual(2), HERE);
    assertIn(usual(3));
    other.destroy();
  }

  @Test
  void agent_listThatIsNoNewerOrForeign_isRefusedAndSilenceRevokesEverything() throws Exception {
    AtomicReference<String> says = new AtomicReference<>(published(5, List.of()));
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    SshHostAgent agent = new SshHostAgent(says::get, users.publicKey(), folder, now::get);
    assertThat(agent.round()).isEqualTo(new SshHostAgent.Round.Applied(5, 0));
    assertThat(agent.round()).isInstanceOf(SshHostAgent.Round.Refused.class);
    says.set(published(6, List.of()).replaceFirst("\n[A-Za-z0-9+/]{4}", "\nAAAA"));
    assertThat(agent.round()).isInstanceOf(SshHostAgent.Round.Refused.class);
    assertIn(usual(2));

    now.set(now.get().plusSeconds(3));
    assertThat(agent.round()).isInstanceOf(SshHostAgent.Round.Refused.class);
    assertOut(usual(2), HERE);
    says.set(published(7, List.of()));
    assertThat(agent.round()).isEqualTo(new SshHostAgent.Round.Applied(7, 0));
    assertIn(usual(2));
  }

  /// A connection that stays; returns once it is open.
  private Process stay(Certificate certificate) throws IOException {
    age(Duration.ZERO);
    Path own = Files.createTempDirectory(folder, "stay");
    Files.copy(folder.resolve("own"), own.resolve("own"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(own.resolve("own-cert.pub"), signed(users, certificate));
    Process process =
        new ProcessBuilder(ssh(own.resolve("own").toString(), HERE, "echo open; sleep 60"))
            .redirectErrorStream(true)
            .start();
    byte[] first = process.getInputStream().readNBytes(5);
    assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("open\n");
    return process;
  }

  private String run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    process.getInputStream().transferTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private void listening() throws IOException {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1000);
        return;
      } catch (IOException e) {
        if (!sshd.isAlive()) {
          throw new IOException(Files.readString(folder.resolve("sshd.log")), e);
        }
      }
    }
  }
}
