package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `parano probe` against a whole server: held where the policy is right, broken where it is not,
/// and nothing tried where that would not be safe.
@Tag("slow")
class ProbeCommandTest {
  private static final String POLICY =
      """
      version: 1
      zones:
        office: [127.0.10.0/24]
      rules:
        - name: probe-web
          hosts: [wages.parano.localhost]
          groups: [probes]
          zones: [office]
          token: otp-allowed
      """;

  @TempDir Path folder;

  @Test
  void probe_policyThatHolds_isHeldAndTheRestIsNamed() throws IOException {
    try (Office office = office(POLICY)) {
      Office.Ran ran = probe(office);

      assertThat(ran.code()).as(ran.toString()).isEqualTo(ExitCode.DONE);
      for (String held :
          List.of(
              "web-from-outside",
              "web-otp-replayed",
              "web-password-before-token",
              "mailbox-reset")) {
        assertThat(ran.out()).containsPattern("P[12] " + held + " +held");
      }
      assertThat(ran.out())
          .containsPattern("ssh-stolen-certificate +not run: the set-up says nothing")
          .doesNotContain("BROKEN");
      assertThat(office.as("olga", "probe", setup(office).toString(), "--only", "P2", "--json"))
          .satisfies(again ->
              assertThat(again.out())
                  .contains("\"outcome\":\"held\"", "mailbox-reset")
                  .doesNotContain("web-"));
    }
  }

  @Test
  void probe_policyThatLetsTheOutsideIn_isBroken() throws IOException {
    try (Office office = office(POLICY.replace("127.0.10.0/24", "127.0.10.0/24, 127.0.66.0/24"))) {
      Office.Ran ran = probe(office);

      assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(ran.out()).containsPattern("web-from-outside +BROKEN");
    }
  }

  @Test
  void probe_groupThatReachesSomethingElse_triesNothing() throws IOException {
    try (Office office = office(POLICY.replace("probe-web", "wages"))) {
      Office.Ran ran = probe(office);

      assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(ran.err()).contains("the rule wages grants something to the group probes");
      assertThat(ran.out()).isEmpty();
      assertThat(office.as("olga", "audit", "search", "--type", "otp-used").out())
          .doesNotContain("otp-used");
    }
  }

  private Office office(String policy) throws IOException {
    Office office = new Office(folder, policy, null);
    office.employ("probe-ada", "probes");
    Files.writeString(folder.resolve("ada.otp"), office.otpToken("probe-ada").logLine() + "\n");
    Files.writeString(folder.resolve("ada.password"), Office.password("probe-ada") + "\n");
    office.login("olga");
    return office;
  }

  private Office.Ran probe(Office office) throws IOException {
    return office.as("olga", "probe", setup(office).toString());
  }

  private Path setup(Office office) throws IOException {
    return Files.writeString(
        folder.resolve("probe.yaml"),
        """
        prefix: probe-
        group: probes
        server: %s
        listed: %s
        outside: %s
        account: { name: probe-ada, password-file: ada.password, otp-file: ada.otp }
        """
            .formatted(office.origin(), Office.DESK, Office.OUTSIDE));
  }
}
