package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.Lever;
import io.parano.audit.EventType;
import io.parano.identity.Act;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Randomness;
import io.parano.testkit.OtpKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Yubico's own client programs, unchanged, against a whole server on loopback. */
@Tag("slow")
class YubicoTest {
  private static final String POLICY =
      """
      version: 1
      zones:
        here: [127.0.0.1/32]
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [here]
      """;

  private final Randomness randomness = new SystemRandomness();
  @TempDir private Path folder;
  private Staffed staffed;
  private Server server;
  private OtpKey token;
  private String apiKey;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ykclient")), "ykclient is not installed");
    staffed = new Staffed(folder, POLICY, null);
    server = staffed.server;
    token = staffed.token;
    staffed.admit("root");
    staffed.importToken("root");
    apiKey = client(7, "127.0.0.1/32");
  }

  @AfterEach
  void close() {
    if (staffed != null) {
      staffed.close();
    }
  }

  @Test
  void ykclient_freshOtp_isGrantedAndItsReplayRefused() throws Exception {
    String otp = token.press();

    assertThat(ykclient(7, apiKey, otp).status()).isZero();
    assertThat(ykclient(7, apiKey, otp).status()).isEqualTo(2);
    assertThat(ykclient(7, apiKey, token.press()).status()).isZero();
    assertThat(server.log().newest(List.of(), 50))
        .anyMatch(entry ->
            new String(entry.leaf().copy(), StandardCharsets.UTF_8)
                .contains("\"" + EventType.OTP_USED.code() + "\""));
  }

  @Test
  void ykclient_oneThingWrong_isRefusedAndTheSameOtpStillGood() throws Exception {
    String elsewhere = client(8, "127.0.10.0/24");
    String otp = token.press();

    assertThat(ykclient(7, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", otp).status()).isNotZero();
    assertThat(ykclient(8, elsewhere, otp).status()).isNotZero();
    assertThat(ykclient(9, apiKey, otp).status()).isNotZero();
    assertThat(ykclient(7, apiKey, OtpKey.make(randomness).press()).status()).isNotZero();
    assertThat(ykclient(7, apiKey, otp).status()).isZero();
  }

  @Test
  void ykclient_personFrozen_isRefusedUntilReopened() throws Exception {
    var root = server.books().roster().named("root").orElseThrow();
    assertThat(ykclient(7, apiKey, token.press()).status()).isZero();
    server
        .gate()
        .lever()
        .cut(new Lever.Target.OnePerson(root.id()), "drill", new Lever.By(null, "control", "test"));

    assertThat(ykclient(7, apiKey, token.press()).status()).isNotZero();
    staffed.executed(new Act.ReopenPerson(root.id()), "olga");
    assertThat(ykclient(7, apiKey, token.press()).status()).isZero();
  }

  @Test
  void pamYubico_freshOtp_isGrantedAndEverythingElseRefused() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/pamtester")), "pamtester is not installed");
    assumeTrue(Files.isWritable(Path.of("/etc/pam.d")), "/etc/pam.d can't be written");
    Path map = Files.writeString(folder.resolve("map"), "root:" + token.publicId() + "\n");
    String service = "parano-test-" + ProcessHandle.current().pid();
    Path configuration = Path.of("/etc/pam.d", service);
    try {
      Files.writeString(
          configuration,
          "auth required pam_yubico.so id=7 key="
              + apiKey
              + " urllist="
              + url()
              + " authfile="
              + map
              + "\naccount required pam_permit.so\n");
      String otp = token.press();

      assertThat(pam(service, "root", otp)).contains("successfully authenticated");
      assertThat(pam(service, "root", otp)).doesNotContain("successfully");
      assertThat(pam(service, "root", OtpKey.make(randomness).press()))
          .doesNotContain("successfully");
      assertThat(pam(service, "nobody", token.press())).doesNotContain("successfully");
      assertThat(pam(service, "root", token.press())).contains("successfully authenticated");
    } finally {
      Files.deleteIfExists(configuration);
    }
  }

  private record Said(int status, String text) {}

  private Said ykclient(int client, String key, String otp)
      throws IOException, InterruptedException {
    return run("", "ykclient", "--url", url(), "--apikey", key, Integer.toString(client), otp);
  }

  private String pam(String service, String user, String otp)
      throws IOException, InterruptedException {
    return run(otp + "\n", "pamtester", service, user, "authenticate").text();
  }

  private static Said run(String input, String... command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(text).isTrue();
    return new Said(process.exitValue(), text);
  }

  private String url() {
    return staffed.origin() + "/wsapi/2.0/verify";
  }

  private String client(long number, String address) {
    Act act = new Act.AdmitClient(number, "test", List.of(IpPrefix.parse(address)));
    return Staffed.text(Objects.requireNonNull(staffed.executed(act, "olga", "otto").code()));
  }
}
