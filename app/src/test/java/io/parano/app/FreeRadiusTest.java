package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.Lever;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.SharedSecret;
import io.parano.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * FreeRADIUS and its client programs, and pam_radius, unchanged, against a whole server on
 * loopback. Every refusal has a login beside it that differs in that one thing.
 */
@Tag("slow")
class FreeRadiusTest {
  private static final String SHARED = "a secret of this test";
  private static final String HOME = "198.51.100.7";
  private static final String OUTSIDE = "203.0.113.66";
  private static final String POLICY =
      """
      version: 1
      zones:
        here: [127.0.0.1/32]
        homes: [198.51.100.0/24]
        tunnels: { networks: [10.99.0.0/24], leased: true }
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [here]
      vpn:
        - { name: vpn-1, server: vpn-1, groups: [staff], zones: [homes], filter: lan }
        - { name: proxied, server: proxy, groups: [staff], zones: [homes], framed: { root: 10.99.0.9 } }
        - { name: console, server: console, groups: [staff], zones: [homes] }
      """;

  @TempDir private Path folder;
  private Staffed staffed;
  private @Nullable FreeRadius freeradius;
  private int access;
  private int accounting;
  private int disconnect;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/radclient")), "radclient is not installed");
    access = FreePort.next();
    accounting = FreePort.next();
    disconnect = FreePort.next();
    staffed =
        new Staffed(
            folder.resolve("parano"),
            POLICY,
            new RadiusConfig(
                at(access),
                at(accounting),
                List.of(
                    client("vpn-1", "127.0.0.1/32", Demand.MESSAGE_AUTHENTICATOR),
                    client("proxy", "127.0.0.2/32", Demand.MESSAGE_AUTHENTICATOR),
                    client("console", "127.0.0.3/32", Demand.NOTHING)),
                Language.EN));
    staffed.admit("root");
    staffed.importToken("root");
  }

  @AfterEach
  void close() {
    if (freeradius != null) {
      freeradius.close();
    }
    if (staffed != null) {
      staffed.close();
    }
  }

  @Test
  void radclient_passwordThenOtp_isAcceptedOnceAndNowhereElse() throws Exception {
    String otp = staffed.token.press();

    String accepted = login(access, password() + otp, HOME);
    assertThat(accepted).contains("Received Access-Accept", "Filter-Id = \"lan\"", "Class = 0x");
    assertThat(login(access, password() + otp, HOME)).contains("Received Access-Reject");
    assertThat(login(access, password() + press(), OUTSIDE)).contains("Received Access-Reject");
    assertThat(login(access, "wrong" + press(), HOME)).contains("Received Access-Reject");
    assertThat(login(access, password() + press(), HOME)).contains("Received Access-Accept");
  }

  @Test
  void radclient_withoutMessageAuthenticator_isNotAnswered() throws Exception {
    String unsigned = attributes(password() + press(), HOME).replace(SIGNED, "");
    assertThat(radclient(access, "auth", unsigned)).doesNotContain("Received");
    assertThat(login(access, password() + press(), HOME)).contains("Received Access-Accept");
  }

  @Test
  void radclient_passwordAlone_isAskedForTheOtp() throws Exception {
    String challenge = login(access, password(), HOME);
    assertThat(challenge).contains("Received Access-Challenge", "Reply-Message");
    assertThat(login(access, "wrong", HOME)).contains("Received Access-Challenge");

    String state = state(challenge);
    String answer = attributes(press(), HOME) + ",State=" + state;
    assertThat(radclient(access, "auth", answer)).contains("Received Access-Accept");
    String again = attributes(press(), HOME) + ",State=" + state;
    assertThat(radclient(access, "auth", again)).contains("Received Access-Reject");
  }

  @Test
  void radclient_statusServer_isAnsweredOnBothPorts() throws Exception {
    String status = "Message-Authenticator=0x00";
    assertThat(radclient(access, "status", status)).contains("Received Access-Accept");
    assertThat(radclient(accounting, "status", status)).contains("Received Accounting-Response");
  }

  @Test
  void radclient_signedAccounting_hasItsSignedAnswerBelieved() throws Exception {
    login(access, password() + press(), HOME);
    String start = "Acct-Status-Type=Start,Acct-Session-Id=\"call-1\",User-Name=root";
    String plain = radclient(accounting, "acct", start);
    assertThat(received(plain)).contains("Accounting-Response").doesNotContain("Message-Auth");
    String signed = radclient(accounting, "acct", start + SIGNED);
    assertThat(received(signed)).contains("Accounting-Response", "Message-Authenticator");
  }

  private static String received(String told) {
    return told.substring(Math.max(0, told.indexOf("Received")));
  }

  @Test
  void cut_tunnelThatFreeRadiusHolds_isDisconnected() throws Exception {
    freeradius = FreeRadius.start(folder, SHARED, coa());
    String accepted = login(access, password() + press(), HOME);
    Matcher mark = Pattern.compile("Class = (0x[0-9a-f]+)").matcher(accepted);
    assertThat(mark.find()).as(accepted).isTrue();
    String account =
        "Acct-Status-Type=Start,Acct-Session-Id=\"call-1\",User-Name=root,Class=" + mark.group(1);
    assertThat(radclient(accounting, "acct", account)).contains("Received Accounting-Response");

    Lever.Report report = cutRoot();
    assertThat(report.doors())
        .anyMatch(door -> door.door().equals("radius") && door.ended() == 1)
        .anyMatch(door -> door.door().equals("web") && door.ended() == 0);
    assertThat(report.silent()).isEmpty();
    assertThat(Files.readString(folder.resolve("freeradius.log")))
        .contains("Disconnect-Request", "call-1");
    assertThat(login(access, password() + press(), HOME)).contains("Received Access-Reject");
  }

  @Test
  void cut_serverThatIsAway_isNamedWithinTheSecond() throws Exception {
    assertThat(login(access, password() + press(), HOME)).contains("Received Access-Accept");
    long began = System.nanoTime();
    assertThat(cutRoot().silent()).containsExactly("radius");
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(1_500);
  }

  @Test
  void freeradius_asProxyInFront_carriesYesAndNo() throws Exception {
    int front = FreePort.next();
    freeradius = FreeRadius.start(folder, SHARED, proxying(front));

    assertThat(login(front, password() + press(), HOME))
        .contains("Received Access-Accept", "Framed-IP-Address = 10.99.0.9");
    assertThat(login(front, password() + press(), OUTSIDE)).contains("Received Access-Reject");
    staffed.close();
    assertThat(login(front, password() + press(), HOME)).doesNotContain("Received Access-Accept");
  }

  @Test
  void pamRadius_exempt_isAskedForBothAndRefusedWhenParanoIsAway() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/pamtester")), "pamtester is not installed");
    assumeTrue(Files.isWritable(Path.of("/etc/pam.d")), "/etc/pam.d can't be written");
    Path servers =
        Files.writeString(
            folder.resolve("servers"),
            "127.0.0.1:%d %s 2 127.0.0.3\n".formatted(access, SHARED.replace(' ', '-')));
    Files.setPosixFilePermissions(
        servers, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    String service = "parano-test-" + ProcessHandle.current().pid();
    Path configuration = Path.of("/etc/pam.d", service);
    try {
      Files.writeString(
          configuration,
          "auth required pam_radius_auth.so conf="
              + servers
              + " retry=1\naccount required pam_permit.so\n");
      assertThat(pam(service, password() + "\n" + press(), HOME)).contains(GRANTED);
      assertThat(pam(service, "wrong\n" + press(), HOME)).doesNotContain(GRANTED);
      assertThat(pam(service, password() + "\n" + press(), OUTSIDE)).doesNotContain(GRANTED);
      assertThat(pam(service, password() + press(), HOME)).contains(GRANTED);
      staffed.close();
      assertThat(pam(service, password() + press(), HOME)).doesNotContain(GRANTED);
    } finally {
      Files.deleteIfExists(configuration);
    }
  }

  private static final String GRANTED = "successfully authenticated";
  private static final String SIGNED = ",Message-Authenticator=0x00";

  private Lever.Report cutRoot() {
    var root = staffed.server.books().roster().named("root").orElseThrow();
    return staffed
        .server
        .gate()
        .lever()
        .cut(new Lever.Target.OnePerson(root.id()), "drill", new Lever.By(null, "control", "test"));
  }

  private RadiusClient client(String name, String network, Demand demand) {
    // pam_radius reads its secret up to a blank.
    String shared = name.equals("console") ? SHARED.replace(' ', '-') : SHARED;
    return new RadiusClient(
        name,
        List.of(IpPrefix.parse(network)),
        SharedSecret.of(Secret.ofText(shared)),
        demand,
        at(disconnect));
  }

  private static String password() {
    return Staffed.PASSWORD + "root";
  }

  private String press() {
    return staffed.token.press();
  }

  private static String attributes(String typed, String station) {
    return "User-Name=root,User-Password=\"%s\",Calling-Station-Id=\"%s\",NAS-Identifier=test%s"
        .formatted(typed, station, SIGNED);
  }

  private String login(int port, String typed, String station) throws Exception {
    return radclient(port, "auth", attributes(typed, station));
  }

  private static String radclient(int port, String kind, String attributes) throws Exception {
    return FreeRadius.radclient(port, kind, SHARED, attributes);
  }

  private static String pam(String service, String typed, String from) throws Exception {
    return FreeRadius.run(
        typed + "\n", "pamtester", "-I", "rhost=" + from, service, "root", "authenticate");
  }

  private static String state(String challenge) {
    Matcher state = Pattern.compile("State = (0x[0-9a-f]+)").matcher(challenge);
    assertThat(state.find()).as(challenge).isTrue();
    return state.group(1);
  }

  private String coa() {
    return """
    server default {
      listen { type = coa
        ipaddr = 127.0.0.1
        port = %d
      }
      recv-coa {
        ok
      }
      send-coa {
        ok
      }
    }
    """
        .formatted(disconnect);
  }

  private String proxying(int front) {
    return """
    proxy server { default_fallback = no }
    home_server parano {
      type = auth
      ipaddr = 127.0.0.1
      port = %d
      secret = "%s"
      src_ipaddr = 127.0.0.2
      response_window = 3
      status_check = status-server
    }
    home_server_pool parano { home_server = parano }
    realm parano { auth_pool = parano
      nostrip
    }
    server default {
      listen { type = auth
        ipaddr = 127.0.0.1
        port = %d
      }
      authorize { update control { Proxy-To-Realm := "parano" } }
      pre-proxy { update proxy-request { Message-Authenticator = 0x00 } }
    }
    """
        .formatted(access, SHARED, front);
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
