package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  /** The same file for both: what a door must not have makes the difference. */
  @Test
  void checkConfig_ofADoorThatReachesTheAuthoritysFiles_isRefusedUntilItDoesNot(@TempDir Path other)
      throws IOException {
    String[] role = {"--role", "door", "--between", "/run/between", "--peer", "parano"};
    Files.createDirectory(installation.folder().resolve("data"));
    Installation.Said within = check(installation.file(), role);
    assertThat(within.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(within.out()).contains("passphrase can be read here").contains("data can be read");

    Path apart = Files.copy(installation.file(), other.resolve("parano.yaml"));
    OtherDoor.secret(other.resolve("front.secret"), "0123456789abcdef0123456789abcdef");
    assertThat(check(apart, role).code()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void checkConfig_ofAnAuthority_needsNoSecretOfAProxy() throws IOException {
    String[] role = {"--role", "authority", "--between", "/run/between", "--peer", "door"};
    Files.delete(installation.folder().resolve("front.secret"));
    assertThat(installation.checkConfig().code()).isEqualTo(ExitCode.REFUSED);
    assertThat(check(installation.file(), role).code()).isEqualTo(ExitCode.DONE);

    Files.delete(installation.folder().resolve("passphrase"));
    assertThat(check(installation.file(), role).code()).isEqualTo(ExitCode.REFUSED);
  }

  /** Each differs from the last in one thing. */
  @Test
  void checkConfig_certificatesBetweenRoles_areLookedAt() throws IOException {
    TlsAuthority ours = TlsAuthority.in(installation.folder(), "ours");
    TlsAuthority.Made own = ours.certify("authority.test");
    Path expired = ours.certify("authority.test", Instant.now().minusSeconds(60)).certificate();

    assertThat(checkPapers(own.certificate(), own.key(), "door.test").code()).isZero();
    assertThat(checkPapers(own.certificate(), own.key(), "authority.test").out())
        .contains("the other one's");
    assertThat(checkPapers(expired, own.key(), "door.test").out())
        .contains("has expired")
        .contains("is not the key of");
    Files.setPosixFilePermissions(own.key(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(checkPapers(own.certificate(), own.key(), "door.test").out()).contains("chmod 600");
  }

  private Installation.Said checkPapers(Path certificate, Path key, String peer) {
    return check(
        installation.file(),
        "--role",
        "authority",
        "--between",
        "127.0.0.1:7777",
        "--peer",
        peer,
        "--certificate",
        certificate.toString(),
        "--key",
        key.toString(),
        "--ca",
        installation.folder().resolve("ours.pem").toString());
  }

  private static Installation.Said check(Path file, String... options) {
    List<String> words = new ArrayList<>(List.of("check-config", file.toString()));
    words.addAll(List.of(options));
    return Installation.run(words.toArray(String[]::new));
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
