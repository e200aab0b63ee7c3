package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.SharedSecret;
import io.parano.testkit.FreePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * radclient against a whole server: a login that waits for a touch at the sign-in page, made by a
 * software key over HTTP.
 */
@Tag("slow")
class RadiusTouchTest {
  private static final String SHARED = "a secret of this test";
  private static final String POLICY =
      """
      version: 1
      zones:
        here: [127.0.0.0/8]
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [here]
      vpn:
        - { name: staff, server: vpn-1, groups: [staff], zones: [here], token: touch }
      """;

  @TempDir private Path folder;
  private Staffed staffed;
  private int access;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/radclient")), "radclient is not installed");
    access = FreePort.next();
    RadiusClient client =
        new RadiusClient(
            "vpn-1",
            List.of(IpPrefix.parse("127.0.0.1/32")),
            SharedSecret.of(Secret.ofText(SHARED)),
            Demand.MESSAGE_AUTHENTICATOR,
            null);
    staffed =
        new Staffed(
            folder.resolve("parano"),
            POLICY,
            new RadiusConfig(
                at(access),
                at(0),
                List.of(client),
                Language.EN,
                null,
                "https://auth.example.com/vpn/confirm"));
    staffed.admit("root");
    staffed.importToken("root");
  }

  @AfterEach
  void close() {
    if (staffed != null) {
      staffed.close();
    }
  }

  @Test
  void login_confirmedWhileItWaits_isAccepted() throws Exception {
    Prompt prompt = prompted("127.0.0.1");
    FutureTask<String> held = new FutureTask<>(() -> answered("127.0.0.1", prompt));
    Thread.ofVirtual().start(held);
    assertThat(staffed.confirmVpn("root", "222-222")).isEqualTo(403);
    assertThat(held.isDone()).isFalse();
    assertThat(staffed.confirmVpn("root", prompt.code())).isEqualTo(200);
    assertThat(held.get(30, TimeUnit.SECONDS)).contains("Received Access-Accept");
    assertThat(answered("127.0.0.1", prompt)).contains("Received Access-Reject");
  }

  @Test
  void login_confirmedFromAnotherPlaceThanTheDevices_isNotAccepted() throws Exception {
    Prompt relayed = prompted("127.0.0.9");
    assertThat(staffed.confirmVpn("root", relayed.code())).isEqualTo(403);
    Prompt own = prompted("127.0.0.1");
    assertThat(staffed.confirmVpn("root", own.code())).isEqualTo(200);
    assertThat(answered("127.0.0.1", own)).contains("Received Access-Accept");
  }

  @Test
  void login_byOneTimePassword_isRefusedWhereTheRuleWantsATouch() throws Exception {
    String typed = Staffed.PASSWORD + "root" + staffed.token.press();
    assertThat(radclient(attributes(typed, "127.0.0.1"))).contains("Received Access-Reject");
    Prompt prompt = prompted("127.0.0.1");
    assertThat(staffed.confirmVpn("root", prompt.code())).isEqualTo(200);
    assertThat(answered("127.0.0.1", prompt)).contains("Received Access-Accept");
  }

  private record Prompt(String state, String code) {}

  private Prompt prompted(String station) throws Exception {
    String challenge = radclient(attributes(Staffed.PASSWORD + "root", station));
    assertThat(challenge)
        .contains("Received Access-Challenge", "https://auth.example.com/vpn/confirm");
    return new Prompt(
        found("State = (0x[0-9a-f]+)", challenge),
        found("Code ([A-Z0-9]{3}-[A-Z0-9]{3})", challenge));
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private String answered(String station, Prompt prompt) throws Exception {
    return radclient(attributes("ok", station) + ",State=" + prompt.state());
  }

  private static String attributes(String typed, String station) {
    return "User-Name=root,User-Password=\"%s\",Calling-Station-Id=\"%s\",NAS-Identifier=test,Message-Authenticator=0x00"
        .formatted(typed, station);
  }

  private String radclient(String attributes) throws Exception {
    return FreeRadius.run(
        attributes + "\n",
        "radclient",
        "-x",
        "-r",
        "1",
        "-t",
        "30",
        "127.0.0.1:" + access,
        "auth",
        SHARED);
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
