package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.testkit.JavaCommand;
import io.parano.testkit.OtpKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `parano ssh login --otp` on a real terminal (of util-linux' `script`), and then a real `ssh -J`
/// to a real sshd with what it gave.
@Tag("slow")
class SshTerminalTest {
  @TempDir Path folder;

  @BeforeEach
  void needed() {
    assumeTrue(Bastion.possible(), "no sshd here, or not root");
  }

  @Test
  void login_otpWhereTheRuleTakesOne_opensTheHostsAndNothingElse() throws Exception {
    try (Bastion bastion = new Bastion(folder, "token: otp-allowed\n")) {
      OtpKey token = bastion.office.otpToken("alice");
      forget();
      assertThat(bastion.ssh("core1", "echo came-in")).contains("Permission denied");

      String otp = token.press();
      Terminal terminal = new Terminal(bastion, Office.DESK);
      terminal.type("alice", otp, Office.password("alice"));
      assertThat(terminal.exit()).as(terminal.said()).isZero();
      assertThat(terminal.said()).doesNotContain(otp, Office.password("alice"));
      assertThat(bastion.ssh("core1", "echo came-in")).endsWith("came-in\n");

      forget();
      Terminal again = new Terminal(bastion, Office.DESK);
      again.type("alice", otp, Office.password("alice"));
      assertThat(again.exit()).as("the same one again").isEqualTo(ExitCode.REFUSED);
      Terminal outside = new Terminal(bastion, Office.OUTSIDE);
      outside.type("alice", token.press(), Office.password("alice"));
      assertThat(outside.exit()).as("from outside").isEqualTo(ExitCode.REFUSED);
      Terminal wrong = new Terminal(bastion, Office.DESK);
      wrong.type("alice", token.press(), "not her password");
      assertThat(wrong.exit()).as("without the password").isEqualTo(ExitCode.REFUSED);
      assertThat(bastion.ssh("core1", "echo came-in")).contains("Permission denied");

      Terminal right = new Terminal(bastion, Office.DESK);
      right.type("alice", token.press(), Office.password("alice"));
      assertThat(right.exit()).isZero();
      Process open = Bastion.stay(folder);
      bastion.office.login("olga");
      assertThat(bastion.office.as("olga", "cut", "person", "alice").code()).isZero();
      assertThat(open.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void login_otpWhereTheRuleWantsATouch_isRefused() throws Exception {
    try (Bastion bastion = new Bastion(folder)) {
      assertThat(bastion.ssh("core1", "echo came-in")).as("by touch").endsWith("came-in\n");
      OtpKey token = bastion.office.otpToken("alice");
      forget();
      Terminal terminal = new Terminal(bastion, Office.DESK);
      terminal.type("alice", token.press(), Office.password("alice"));

      assertThat(terminal.exit()).isEqualTo(ExitCode.REFUSED);
      assertThat(folder.resolve("alice-cert.pub")).doesNotExist();
    }
  }

  @Test
  void login_otpWithoutATerminal_asksForNothing() throws Exception {
    Files.writeString(folder.resolve("own.pub"), "ssh-ed25519 AAAA alice\n");
    Office.Ran ran =
        Office.run(
            "ssh",
            "login",
            "core",
            "--otp",
            "--key",
            folder.resolve("own").toString(),
            "--server",
            "http://auth.parano.localhost:1");
    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err()).contains("terminal");
  }

  private void forget() throws IOException {
    Files.deleteIfExists(folder.resolve("alice-cert.pub"));
    Files.deleteIfExists(folder.resolve("alice-jump-cert.pub"));
  }

  private final class Terminal {
    private final Process process;
    private final StringBuilder said = new StringBuilder();

    Terminal(Bastion bastion, String from) throws IOException {
      String command =
          String.join(
              " ",
              "exec",
              String.join(" ", JavaCommand.of(Main.class.getName())),
              "ssh login core --otp",
              "--key " + folder.resolve("alice"),
              "--server " + bastion.office.origin(),
              "--source " + from,
              "--login " + folder.resolve("nobodys-login"));
      Path script = Files.writeString(folder.resolve("login.sh"), command + "\n");
      ProcessBuilder builder =
          new ProcessBuilder("script", "-qfec", "exec bash " + script, "/dev/null")
              .redirectErrorStream(true);
      builder.environment().remove("SSH_AUTH_SOCK");
      builder.environment().put("LC_ALL", "C.UTF-8");
      process = builder.start();
    }

    void type(String name, String otp, String password) throws IOException {
      answer("Sign-in name:", name);
      answer("One-time password", otp);
      answer("Password:", password);
      said.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private void answer(String question, String text) throws IOException {
      int from = said.length();
      InputStream in = process.getInputStream();
      while (said.indexOf(question, from) < 0) {
        int octet = in.read();
        if (octet < 0) {
          throw new AssertionError(said.toString());
        }
        said.append((char) octet);
      }
      process.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    String said() {
      return said.toString();
    }

    int exit() throws InterruptedException {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }
  }
}
