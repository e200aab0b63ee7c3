package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake with its place; each twin differs in it alone. */
class CheckConfigCommandTest {
  private Installation installation = new Installation(Path.of(""), 0, 0);

  @BeforeEach
  void init(@TempDir Path folder) throws IOException {
    installation = Installation.in(folder.resolve("parano"));
  }

  @Test
  void checkConfig_asInitLeavesIt_isRightAndNamesWhatIsWeak() {
    Installation.Said said = installation.checkConfig();

    assertThat(said.code()).isEqualTo(ExitCode.DONE);
    assertThat(said.out()).contains("weak:").contains("without TLS").contains("is right");
  }

  @Test
  void checkConfig_misspeltKey_saysFileLineAndTheNearest() throws IOException {
    installation.change("checkpoints: checkpoints", "chekpoints: checkpoints");
    int line = 1 + Files.readAllLines(installation.file()).indexOf("chekpoints: checkpoints");

    Installation.Said said = installation.checkConfig();
    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.out())
        .contains(installation.file() + ":" + line + ":1: ")
        .contains("chekpoints")
        .contains("checkpoints");
  }

  @Test
  void checkConfig_json_isTheSameForPrograms() throws IOException {
    installation.change("logs: info", "logs: inof");

    Installation.Said said =
        Installation.run("check-config", "--json", installation.file().toString());
    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.out()).startsWith("[{").contains("\"nearest\":\"info\"");
  }

  @Test
  void checkConfig_secretOpenToOthers_isRefusedUntilItIsClosed() throws IOException {
    for (String name : new String[] {"front.secret", "passphrase"}) {
      installation.permit(name, "rw-r-----");
      Installation.Said said = installation.checkConfig();
      assertThat(said.code()).as(name).isEqualTo(ExitCode.REFUSED);
      assertThat(said.out()).contains(name).contains("chmod 600");

      installation.permit(name, "rw-------");
      assertThat(installation.checkConfig().code()).as(name).isEqualTo(ExitCode.DONE);
    }
  }

  @Test
  void checkConfig_policyBesideMistaken_isRefusedWithItsPlace() throws IOException {
    Path policy = installation.folder().resolve("policy.yaml");
    String right = Files.readString(policy);
    Files.writeString(policy, right + "zoness: {}\n");

    Installation.Said said = installation.checkConfig();
    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.out()).contains(policy + ":").contains("zoness").contains("zones");

    Files.writeString(policy, right);
    assertThat(installation.checkConfig().code()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void checkConfig_whatServeWouldRefuse_isRefused() throws IOException {
    Path secret = installation.folder().resolve("front.secret");
    String kept = Files.readString(secret);
    Files.writeString(secret, "short\n");
    assertThat(installation.checkConfig().code()).isEqualTo(ExitCode.REFUSED);
    Files.writeString(secret, kept);

    Path keyset = Files.writeString(installation.folder().resolve("keyset"), "no keyset\n");
    installation.permit("keyset", "rw-------");
    Installation.Said said = installation.checkConfig();
    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.out()).contains(keyset.toString());

    Files.delete(keyset);
    assertThat(installation.checkConfig().out()).contains("parano bootstrap begins them");
  }

  @Test
  void checkConfig_secretMissing_isRefused() throws IOException {
    Files.delete(installation.folder().resolve("front.secret"));

    assertThat(installation.checkConfig().code()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void checkConfig_noFile_couldNotBeCarriedOut() {
    Path nowhere = installation.folder().resolve("nowhere.yaml");

    Installation.Said said = Installation.run("check-config", nowhere.toString());
    assertThat(said.code()).isEqualTo(ExitCode.FAILED);
    assertThat(said.err()).contains(nowhere.toString()).contains("parano init");
  }

  @Test
  void checkConfig_socketTooLong_isRefused() throws IOException {
    installation.change("control: run/control", "control: " + "x".repeat(120));

    Installation.Said said = installation.checkConfig();
    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.out()).contains("107 bytes");
  }
}
