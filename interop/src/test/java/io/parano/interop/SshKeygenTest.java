package io.parano.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.kernel.Bytes;
import io.parano.keys.Keyset;
import io.parano.keys.SshSigner;
import io.parano.sshcert.Certificate;
import io.parano.sshcert.Flaw;
import io.parano.sshcert.KeyReading;
import io.parano.sshcert.PrivateKeyReading;
import io.parano.sshcert.RevocationList;
import io.parano.sshcert.RevocationReading;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.SshKey;
import io.parano.sshcert.SshSignature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `ssh-keygen` and `ssh-agent` make of what `core/sshcert` writes, and the other way round.
@Tag("interop")
class SshKeygenTest {
  private static final long SERIAL = 6_148_914_691_236_517_205L;

  @TempDir Path folder;
  private final Keyset keyset = Keyset.fresh(Instant.now(), new SecureRandom()::nextBytes);
  private final SshSigner users = keyset.sshUsers();

  @BeforeEach
  void needed() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "no ssh-keygen here");
  }

  record Ran(int code, String out) {}

  private Ran run(String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    process.getOutputStream().close();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    process.getInputStream().transferTo(out);
    try {
      return new Ran(process.waitFor(), out.toString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private SshKey key(String name, String... type) throws IOException {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-N", ""));
    command.addAll(List.of(type));
    command.addAll(List.of("-f", name));
    assertThat(run(command.toArray(String[]::new)).code()).isZero();
    return switch (KeyReading.ofLine(Files.readString(folder.resolve(name + ".pub")))) {
      case KeyReading.Malformed(var flaw) -> throw new AssertionError(flaw);
      case KeyReading.Read(var read) -> read;
    };
  }

  private SignedCertificate certificate(SshKey key) {
    TreeMap<String, Bytes> critical = new TreeMap<>();
    critical.put(Certificate.SOURCE_ADDRESS, Certificate.value("127.0.0.5/32"));
    TreeMap<String, Bytes> extensions = new TreeMap<>();
    extensions.put("permit-pty", Bytes.EMPTY);
    Instant now = Instant.now();
    return SignedCertificate.by(
        users,
        new Certificate(
            key,
            Bytes.of(new byte[32]),
            SERIAL,
            Certificate.Kind.USER,
            "marie 0198",
            List.of("deploy@web", "www@web"),
            now.getEpochSecond(),
            now.plusSeconds(600).getEpochSecond(),
            critical,
            extensions,
            users.publicKey()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa", "ecdsa -b 256", "ecdsa -b 384", "ecdsa -b 521"})
  void certificate_ofEveryKind_isShownAsItWasMeant(String type) throws IOException {
    SshKey key = key("own", ("-t " + type).split(" ", -1));
    Files.writeString(folder.resolve("own-cert.pub"), certificate(key).line("marie"));

    Ran shown = run("ssh-keygen", "-L", "-f", "own-cert.pub");
    assertThat(shown.code()).as(shown.out()).isZero();
    assertThat(shown.out())
        .contains(
            key.type().certified() + " user certificate",
            key.fingerprint(),
            users.publicKey().fingerprint(),
            "Key ID: \"marie 0198\"",
            "Serial: " + SERIAL,
            "deploy@web",
            "source-address 127.0.0.5/32",
            "permit-pty");
  }

  private Path written(RevocationList list) throws IOException {
    return Files.write(folder.resolve("list"), list.write().copy());
  }

  private static RevocationList list(List<RevocationList.Section> sections) {
    return new RevocationList(7, Instant.now().truncatedTo(ChronoUnit.SECONDS), "parano", sections);
  }

  @Test
  void list_serialOfAnyAuthority_revokesThatCertificateAndNoOther() throws IOException {
    SshKey key = key("own", "-t", "ed25519");
    Files.writeString(folder.resolve("own-cert.pub"), certificate(key).line(""));
    written(
        list(
            List.of(
                new RevocationList.Section(
                    null, List.of(RevocationList.Range.of(SERIAL)), List.of()))));
    assertThat(run("ssh-keygen", "-Q", "-f", "list", "own-cert.pub").out()).contains("REVOKED");

    written(
        list(
            List.of(
                new RevocationList.Section(
                    null, List.of(RevocationList.Range.of(SERIAL + 1)), List.of()))));
    assertThat(run("ssh-keygen", "-Q", "-f", "list", "own-cert.pub").code()).isZero();
    written(list(List.of(new RevocationList.Section(null, List.of(), List.of()))));
    assertThat(run("ssh-keygen", "-Q", "-f", "list", "own-cert.pub").code()).isZero();
  }

  @Test
  void list_everything_revokesWhateverComes() throws IOException {
    SshKey key = key("own", "-t", "ed25519");
    Files.writeString(folder.resolve("own-cert.pub"), certificate(key).line(""));
    written(list(RevocationList.EVERYTHING));
    assertThat(run("ssh-keygen", "-Q", "-f", "list", "own-cert.pub").out()).contains("REVOKED");
  }

  @Test
  void list_ofSshKeygen_isReadAsItWasMeant() throws IOException {
    Files.writeString(folder.resolve("ca.pub"), users.publicKey().line(""));
    Files.writeString(folder.resolve("spec"), "serial: 3\nserial: 100-200\nserial: 5\nid: marie\n");
    assertThat(run("ssh-keygen", "-k", "-z", "9", "-f", "made", "-s", "ca.pub", "spec").code())
        .isZero();
    assertThat(RevocationReading.of(Files.readAllBytes(folder.resolve("made"))))
        .isInstanceOfSatisfying(
            RevocationReading.Read.class,
            read -> {
              assertThat(read.list().version()).isEqualTo(9);
              for (long serial : new long[] {3, 5, 100, 200}) {
                assertThat(read.list().of(users.publicKey(), serial))
                    .isEqualTo(RevocationList.Listing.REVOKED);
              }
              for (long serial : new long[] {2, 4, 99, 201}) {
                assertThat(read.list().of(users.publicKey(), serial))
                    .isEqualTo(RevocationList.Listing.NOT_LISTED);
              }
              assertThat(read.list().sections().getFirst().keyIds()).containsExactly("marie");
            });
  }

  @Test
  void signature_overAList_isVerifiedInItsNamespaceAlone() throws IOException {
    byte[] bytes = list(RevocationList.EVERYTHING).write().copy();
    Files.write(folder.resolve("list"), bytes);
    Files.writeString(
        folder.resolve("list.sig"), SshSignature.sign(users, "revocations@parano", bytes));
    Files.writeString(folder.resolve("allowed"), "parano " + users.publicKey().line(""));
    String verify = "ssh-keygen -Y verify -f allowed -I parano -s list.sig -n ";
    assertThat(run("sh", "-c", verify + "revocations@parano < list").code()).isZero();
    assertThat(run("sh", "-c", verify + "file < list").code()).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsa", "ecdsa -b 256", "ecdsa -b 521"})
  void agent_takesTheCertificateWithItsKeyAndForgetsIt(String type) throws IOException {
    SshKey key = key("own", ("-t " + type).split(" ", -1));
    Path socket = folder.resolve("agent");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("agent.log").toFile())
            .start();
    try {
      assertThat(asked(socket, agent, addition(key))).isEqualTo((byte) 6);
      Ran listed = run("sh", "-c", "SSH_AUTH_SOCK=" + socket + " ssh-add -L");
      assertThat(listed.out()).contains(key.type().certified()).doesNotContain("no identities");
      Files.writeString(
          folder.resolve("held-cert.pub"), listed.out().lines().findFirst().orElseThrow());
      assertThat(run("ssh-keygen", "-L", "-f", "held-cert.pub").out())
          .contains("Serial: " + SERIAL);
    } finally {
      agent.destroy();
    }
  }

  private byte[] addition(SshKey key) throws IOException {
    return switch (PrivateKeyReading.of(Files.readString(folder.resolve("own")))) {
      case PrivateKeyReading.Malformed(var flaw) -> throw new AssertionError(flaw);
      case PrivateKeyReading.Read(var own) -> own.addition(certificate(key), "parano", 60, null);
    };
  }

  /** A connection to the agent; its socket is there a moment before it listens. */
  private static SocketChannel connected(Path socket, Process agent) throws IOException {
    while (true) {
      try {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
      } catch (SocketException notYet) {
        if (!agent.isAlive()) {
          throw new IOException("ssh-agent ended by itself", notYet);
        }
        Thread.onSpinWait();
      }
    }
  }

  private static byte asked(Path socket, Process agent, byte[] request) throws IOException {
    try (SocketChannel connection = connected(socket, agent)) {
      ByteBuffer out = ByteBuffer.allocate(4 + request.length);
      out.putInt(request.length).put(request).flip();
      while (out.hasRemaining()) {
        connection.write(out);
      }
      ByteBuffer answer = ByteBuffer.allocate(5);
      while (answer.hasRemaining() && connection.read(answer) >= 0) {
        // until it is whole
      }
      return answer.get(4);
    }
  }

  @Test
  void privateKey_sealedByAPassphrase_isNotRead() throws IOException {
    assertThat(run("ssh-keygen", "-q", "-t", "ed25519", "-N", "a passphrase", "-f", "own").code())
        .isZero();
    assertThat(PrivateKeyReading.of(Files.readString(folder.resolve("own"))))
        .isEqualTo(new PrivateKeyReading.Malformed(Flaw.FILE_ENCRYPTED));
  }
}
