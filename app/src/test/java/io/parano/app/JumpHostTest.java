package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.sshcert.Certificate;
import io.parano.sshcert.CertificateReading;
import io.parano.sshcert.SignedCertificate;
import io.parano.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real `ssh -J` through the jump host to a real sshd. Every refusal has a login beside it that
/// differs in that one thing.
@Tag("slow")
class JumpHostTest {
  private static final String COME_IN = "came-in";

  @TempDir Path folder;

  @BeforeEach
  void needed() {
    assumeTrue(Bastion.possible(), "no sshd here, or not root");
  }

  private static void assertThrough(Bastion bastion) throws IOException {
    assertThat(bastion.ssh("core1", "echo " + COME_IN)).endsWith(COME_IN + "\n");
  }

  private SignedCertificate jumpCertificate() throws IOException {
    return switch (CertificateReading.ofLine(
        Files.readString(folder.resolve("alice-jump-cert.pub")))) {
      case CertificateReading.Malformed(var flaw) -> throw new AssertionError(flaw);
      case CertificateReading.Read(var read) -> read;
    };
  }

  @Test
  void ssh_throughTheJumpHost_comesFromItAndNoOtherWayLeadsThere() throws Exception {
    try (Bastion bastion = new Bastion(folder)) {
      assertThat(bastion.ssh("core1", "echo $SSH_CONNECTION")).startsWith(Bastion.FROM + " ");
      assertThat(bastion.ssh("direct", "echo " + COME_IN)).contains("Permission denied");
    }
  }

  @Test
  void ssh_fromAnotherAddress_isRefused() throws Exception {
    try (Bastion bastion = new Bastion(folder)) {
      String config = Files.readString(folder.resolve("ssh_config"));
      Files.writeString(
          folder.resolve("ssh_config"), config.replace(Office.DESK, Office.OTHER_DESK));
      assertThat(bastion.ssh("core1", "true")).contains("parano-jump@127.0.0.1: Permission denied");
      Files.writeString(folder.resolve("ssh_config"), config);
      assertThrough(bastion);
    }
  }

  @Test
  void ssh_toAHostThatThePolicyDoesNotName_isRefused() throws Exception {
    try (Bastion bastion = new Bastion(folder)) {
      String port = ":" + bastion.port();
      assertThat(Bastion.answers(Bastion.UNLISTED, bastion.port())).isTrue();
      assertThat(bastion.ssh("-W", Bastion.UNLISTED + port, "jump")).contains("prohibited");
      assertThat(bastion.ssh("-W", "127.0.0.1" + port, "jump")).contains("prohibited");
      assertThat(bastion.ssh("-W", Bastion.INSIDE + ":22", "jump")).contains("prohibited");
      assertThat(bastion.ssh("-W", Bastion.INSIDE + port, "jump")).startsWith("SSH-2.0-");
    }
  }

  @Test
  void ssh_shellCommandOrForwardingBack_isRefused() throws Exception {
    try (Bastion bastion = new Bastion(folder)) {
      assertThat(bastion.ssh("jump")).contains("channel 0: open failed");
      assertThat(bastion.ssh("-A", "-X", "jump", "echo " + COME_IN))
          .contains("channel 0: open failed")
          .doesNotContain(COME_IN);
      assertThat(bastion.ssh("-s", "jump", "sftp")).contains("channel 0: open failed");
      assertThat(
              bastion.ssh(
                  "-N", "-o", "ExitOnForwardFailure=yes", "-R", "127.0.0.1:0:127.0.0.1:9", "jump"))
          .contains("remote port forwarding failed");
      assertThrough(bastion);
    }
  }

  /// As our own authority would have signed it last week.
  @Test
  void ssh_withACertificateWhoseTimeIsOver_isRefused() throws Exception {
    try (Bastion bastion = new Bastion(folder)) {
      String honest = Files.readString(folder.resolve("alice-jump-cert.pub"));
      Certificate is = jumpCertificate().certificate();
      Certificate was =
          new Certificate(
              is.key(),
              is.nonce(),
              is.serial(),
              is.kind(),
              is.keyId(),
              is.principals(),
              is.validAfter() - Duration.ofDays(7).toSeconds(),
              is.validBefore() - Duration.ofDays(7).toSeconds(),
              is.critical(),
              is.extensions(),
              is.authority());
      Files.writeString(
          folder.resolve("alice-jump-cert.pub"),
          SignedCertificate.by(bastion.office.sshUsers(), was).line("") + "\n");
      assertThat(bastion.ssh("core1", "true")).contains("Permission denied");
      Files.writeString(folder.resolve("alice-jump-cert.pub"), honest);
      assertThrough(bastion);
    }
  }

  @Test
  void cut_inTheMiddleOfAConnection_endsItAndNobodyElses() throws Exception {
    try (Bastion bastion = new Bastion(folder)) {
      Process alice = Bastion.stay(folder);
      bastion.office.login("olga");
      assertThat(bastion.office.as("olga", "cut", "person", "otto").out()).contains("ssh-jump");
      assertThat(alice.isAlive()).isTrue();

      assertThat(bastion.office.as("olga", "cut", "person", "alice").out())
          .containsPattern("ssh-jump: [0-9.]+ ms, ended there: 1");
      assertThat(alice.waitFor(1, TimeUnit.SECONDS)).isTrue();
      assertThat(bastion.ssh("core1", "true")).contains("Permission denied");
    }
  }

  /// Nothing of Parano runs any more, so that nothing of it can end them: the kernel does.
  @Test
  void kill_inTheMiddleOfAConnection_endsItAtOnce() throws Exception {
    Process parano =
        TestStore.lend(
                folder,
                new ProcessBuilder(JavaCommand.of(Bastion.class.getName(), folder.toString())))
            .redirectError(folder.resolve("bastion.log").toFile())
            .start();
    String ready =
        new BufferedReader(new InputStreamReader(parano.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    assertThat(ready).as(Files.readString(folder.resolve("bastion.log"))).startsWith("ready ");
    Process alice = Bastion.stay(folder);
    try {
      parano.toHandle().destroyForcibly();
      assertThat(alice.waitFor(5, TimeUnit.SECONDS)).isTrue();
    } finally {
      long sshd = Long.parseLong(ready.substring(ready.lastIndexOf(' ') + 1));
      ProcessHandle.of(sshd).ifPresent(ProcessHandle::destroy);
    }
  }
}
