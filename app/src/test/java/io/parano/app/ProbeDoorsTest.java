package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.MailAdmitting.Protocol;
import io.parano.access.MailSettings;
import io.parano.demo.SshClient;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.mail.Doveadm;
import io.parano.mail.MailConfig;
import io.parano.mail.MailListener;
import io.parano.mail.MailServer;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.SharedSecret;
import io.parano.ssh.JumpConfig;
import io.parano.testkit.FreePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every probe of VPN, SSH, mail and applications against a whole server: each is held where all is
 * right, and broken where one thing is wrong, in the policy or in what stands around the server.
 */
@Tag("slow")
class ProbeDoorsTest {
  private static final String POLICY =
      """
      version: 1
      zones:
        office: [127.0.10.0/24]
        tunnels: { networks: [127.0.20.0/24], leased: true }
      rules:
        - name: probe-web
          hosts: [wages.parano.localhost]
          groups: [probes]
          zones: [office, tunnels]
          token: otp-allowed
      vpn:
        - name: probe-vpn
          server: probe-vpn
          groups: [probes]
          zones: [office]
          framed: { probe-ada: 127.0.20.7 }
      ssh:
        - name: probe-ssh
          hosts: probe-hosts
          groups: [probes]
          zones: [office]
          principals: [probe]
          keys: any
          token: otp-allowed
          reach: [127.0.0.1]
          port: %1$d
        - name: probe-brief
          hosts: probe-brief
          groups: [probes]
          zones: [office]
          principals: [probe]
          keys: any
          token: otp-allowed
          certificate: 5s
          reach: [127.0.0.1]
          port: %1$d
      """;
  private static final String INSIDE = "127.0.20.7";
  private static final String APART = "127.0.10.9";
  private static final String JUMP = "jump.example.test";
  private static final Secret SHARED = Secret.ofText("between-the-probes-and-parano");
  private static final String NGINX = "what-nginx-shows-0123456789abcdef";
  private static final String TECHNICAL = "a-technical-password";

  @TempDir private Path folder;
  private final Careless careless = new Careless();
  private MailPrograms programs;
  private int application;
  private int access;
  private int accounting;
  private int disconnect;
  private int jump;
  private int host;
  private int asked;
  private int imap;
  private int store;
  private int doveadm;

  @BeforeEach
  void places() throws Exception {
    programs = new MailPrograms(folder);
    application = FreePort.next();
    access = FreePort.next();
    accounting = FreePort.next();
    disconnect = FreePort.next();
    jump = FreePort.next();
    asked = FreePort.next();
    imap = FreePort.next();
    store = FreePort.next();
    doveadm = FreePort.next();
    host = careless.quietHost();
  }

  @AfterEach
  void close() throws Exception {
    careless.close();
    programs.close();
  }

  private static void assumeEveryDoor() {
    assumeTrue(SshClient.isInstalled(), "OpenSSH's client is not installed");
    assumeTrue(
        Files.exists(Path.of(MailPrograms.NGINX_MODULE)), "nginx's mail module is not installed");
    assumeTrue(Files.exists(Path.of(MailPrograms.DOVECOT)), "Dovecot is not installed");
  }

  @Test
  void probes_everyDoorAsItShouldBe_areHeldAndBrokenBehindACarelessOne() throws Exception {
    assumeEveryDoor();
    try (Office office = office(POLICY);
        ThinProxy _ = new ThinProxy(application, door(office))) {
      mail(office);

      Office.Ran right = probe(office, new Doors());
      assertThat(right.code()).as(right.toString()).isEqualTo(ExitCode.DONE);
      for (String held :
          List.of(
              "lever-application",
              "lever-vpn",
              "lever-ssh",
              "lever-mail",
              "web-from-outside",
              "application-without-session",
              "application-forged-identity",
              "application-cookie-elsewhere",
              "application-after-the-end",
              "vpn-stolen-password",
              "vpn-phished-otp",
              "vpn-of-colleague",
              "ssh-stolen-certificate",
              "ssh-old-certificate",
              "mail-from-outside",
              "mail-staff-password",
              "mail-without-session")) {
        assertThat(right.out()).containsPattern(held + " +held");
      }
      assertThat(right.out()).doesNotContain("not run", "BROKEN");

      broken(
          office,
          new Doors().application(careless.application()),
          "application-without-session",
          "application-forged-identity",
          "application-cookie-elsewhere",
          "application-after-the-end");
      broken(
          office,
          new Doors().access(careless.radius(SharedSecret.of(SHARED))),
          "vpn-stolen-password",
          "vpn-phished-otp");
      broken(office, new Doors().jump(carelessJump(office)), "ssh-old-certificate");
      broken(
          office, new Doors().jump(careless.hiding(Office.DESK, jump)), "ssh-stolen-certificate");
      broken(office, new Doors().imap(careless.hiding(Office.DESK, imap)), "mail-from-outside");
      broken(
          office,
          new Doors().imap(careless.mail()),
          "mail-from-outside",
          "mail-staff-password",
          "mail-without-session");
    }
  }

  /** The lever is heard at some doors and not at others: each says it of itself. */
  @Test
  void lever_doorThatDoesNotEndWhatItOpened_isBrokenAndTheOthersAreHeld() throws Exception {
    assumeEveryDoor();
    try (Office office = office(POLICY);
        ThinProxy _ = new ThinProxy(application, door(office))) {
      mail(office);

      lever(
          office,
          new Doors().application(careless.application()).jump(carelessJump(office)),
          "lever-application +BROKEN",
          "lever-vpn +held",
          "lever-ssh +BROKEN",
          "lever-mail +held");
      Office.Ran again = probe(office, new Doors(), "--only", "lever");
      assertThat(again.code()).isEqualTo(ExitCode.FAILED);
      assertThat(again.out().lines()).hasSize(4).allMatch(line -> line.contains("lies cut"));

      office.reopen("probe-eve");
      lever(
          office,
          new Doors().access(careless.radius(SharedSecret.of(SHARED))).imap(careless.mail()),
          "lever-application +held",
          "lever-vpn +BROKEN",
          "lever-ssh +held",
          "lever-mail +BROKEN");
    }
  }

  /** Whoever is not cut goes on, and whoever was is the account that is there for it. */
  private void lever(Office office, Doors doors, String... lines) throws Exception {
    Office.Ran ran = probe(office, doors, "--only", "lever");
    assertThat(ran.code()).as(ran.toString()).isEqualTo(ExitCode.REFUSED);
    for (String line : lines) {
      assertThat(ran.out()).containsPattern(line);
    }
    assertThat(ran.out().lines()).hasSize(lines.length);
    assertThat(office.as("olga", "staff", "list").out())
        .containsPattern("probe-eve .*frozen")
        .doesNotContainPattern("(olga|otto|probe-ada|probe-bob) .*frozen");
  }

  /** The outside is a listed network, and an address inside the VPN is anybody's. */
  @Test
  void probes_carelessPolicy_areBrokenAtTheVpn() throws Exception {
    String policy =
        POLICY
            .replace("[127.0.10.0/24]", "[127.0.10.0/24, 127.0.66.0/24]")
            .replace("{ networks: [127.0.20.0/24], leased: true }", "[127.0.20.0/24]");
    try (Office office = office(policy)) {
      broken(office, new Doors(), "vpn-phished-otp", "vpn-of-colleague");
    }
  }

  /** A colleague who is somebody's account is none of the probes'. */
  @Test
  void probes_colleagueWhoIsNoProbe_tryNothing() throws Exception {
    try (Office office = office(POLICY)) {
      office.employ("alice", "accounting");
      Path setup = setup(office, new Doors());
      Files.writeString(setup, Files.readString(setup).replace("name: probe-bob", "name: alice"));
      Office.Ran ran = office.as("olga", "probe", setup.toString());

      assertThat(ran.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(ran.err()).contains("the account alice does not begin with \"probe-\"");
      assertThat(ran.out()).isEmpty();
    }
  }

  private void broken(Office office, Doors doors, String... probes) throws Exception {
    Office.Ran ran = probe(office, doors, "--only", String.join(",", probes));
    assertThat(ran.code()).as(ran.toString()).isEqualTo(ExitCode.REFUSED);
    for (String probe : probes) {
      assertThat(ran.out()).containsPattern(probe + " +BROKEN");
    }
  }

  private Office.Ran probe(Office office, Doors doors, String... more) throws Exception {
    String[] words = new String[more.length + 2];
    words[0] = "probe";
    words[1] = setup(office, doors).toString();
    System.arraycopy(more, 0, words, 2, more.length);
    return office.as("olga", words);
  }

  /** Where the probes are sent: to the right doors, but for those that a test has changed. */
  private final class Doors {
    private int toApplication = application;
    private int toAccess = access;
    private int toJump = jump;
    private int toImap = imap;

    Doors application(int port) {
      toApplication = port;
      return this;
    }

    Doors access(int port) {
      toAccess = port;
      return this;
    }

    Doors jump(int port) {
      toJump = port;
      return this;
    }

    Doors imap(int port) {
      toImap = port;
      return this;
    }

    /** Both questions and what is told go to a careless server. */
    private int toAccounting() {
      return toAccess == access ? accounting : toAccess;
    }
  }

  private Office office(String policy) throws Exception {
    Office office =
        new Office(
            folder,
            policy.formatted(host),
            new JumpConfig(
                "127.0.0.1",
                jump,
                List.of(JUMP),
                List.of(IpAddress.parse("127.0.0.1")),
                JumpConfig.Limits.usual()),
            null,
            new Office.Outfit(
                application,
                List.of(ThinProxy.trusted("wages.parano.localhost")),
                plan -> Trial.with(Trial.with(plan, radius()), mailPlan())));
    for (String name : List.of("ada", "bob", "eve")) {
      office.employ("probe-" + name, "probes");
      Files.writeString(
          folder.resolve(name + ".otp"), office.otpToken("probe-" + name).logLine() + "\n");
      Files.writeString(
          folder.resolve(name + ".password"), Office.password("probe-" + name) + "\n");
    }
    Files.writeString(folder.resolve("vpn.secret"), Staffed.text(SHARED) + "\n");
    for (String name : List.of("ada", "eve")) {
      Files.writeString(
          folder.resolve(name + ".mail"), office.devicePassword("probe-" + name) + "\n");
    }
    office.login("olga");
    return office;
  }

  private RadiusConfig radius() {
    InetAddress here = InetAddress.ofLiteral("127.0.0.1");
    return new RadiusConfig(
        new InetSocketAddress(here, access),
        new InetSocketAddress(here, accounting),
        List.of(
            new RadiusClient(
                "probe-vpn",
                List.of(IpPrefix.parse(Office.DESK + "/32")),
                SharedSecret.of(SHARED),
                Demand.MESSAGE_AUTHENTICATOR,
                new InetSocketAddress(here, disconnect))),
        Language.EN);
  }

  private MailPlan mailPlan() {
    return new MailPlan(
        new MailConfig(
            List.of(new MailListener("127.0.0.1", asked, null)),
            List.of(
                new MailServer(
                    "nginx-1",
                    List.of(IpPrefix.parse("127.0.0.1/32")),
                    Secret.ofText(NGINX),
                    new MailServer.Kind.Nginx(
                        Map.of(Protocol.IMAP, new MailServer.Backend("127.0.0.1", store)),
                        Secret.ofText(TECHNICAL)))),
            List.of(
                new Doveadm(
                    "dovecot-1",
                    URI.create("http://127.0.0.1:" + doveadm + "/doveadm/v1"),
                    Secret.ofText(MailPrograms.API_KEY))),
            Language.EN),
        new MailSettings(MailSettings.LIFE, MailSettings.Mailbox.NAME));
  }

  private void mail(Office office) throws Exception {
    programs.dovecot(
        "store",
        store,
        doveadm,
        MailPrograms.imap(store, "haproxy = yes")
            + MailPrograms.submission(FreePort.next())
            + """
            passdb {
              driver = static
              args = password=%s
            }
            """
                .formatted(TECHNICAL));
    programs.nginx(
        asked,
        NGINX,
        "server { listen 127.0.0.1:%d; protocol imap; imap_auth plain login; proxy on; proxy_protocol on; }"
            .formatted(imap),
        imap);
    // Nobody. When it returns, Dovecot has heard of our start, at which everybody logs in anew.
    assertThat(
            Office.run("cut", "network", "127.0.0.99/32", "--control", office.control().toString()))
        .matches(ran -> ran.code() == ExitCode.DONE && !ran.out().contains("did not answer"));
  }

  /** With a host key that Parano certified, and nothing else of Parano's. */
  private int carelessJump(Office office) throws Exception {
    Path key = folder.resolve("careless");
    assertThat(
            MailPrograms.run(
                "ssh-keygen", "-q", "-t", "ecdsa", "-m", "PEM", "-N", "", "-f", key.toString()))
        .endsWith("exit 0");
    Office.Ran ran =
        Office.run(
            "ssh",
            "host-certificate",
            key + ".pub",
            "--name",
            JUMP,
            "--control",
            office.control().toString());
    Path certificate = Files.writeString(folder.resolve("careless-cert.pub"), ran.out());
    return careless.jump(key, certificate);
  }

  private static int door(Office office) {
    return URI.create(office.origin()).getPort();
  }

  private Path setup(Office office, Doors doors) throws Exception {
    return Files.writeString(
        folder.resolve("probe.yaml"),
        """
        prefix: probe-
        group: probes
        server: %s
        application: http://wages.parano.localhost:%d
        listed: %s
        outside: %s
        account: { name: probe-ada, password-file: ada.password, otp-file: ada.otp }
        vpn:
          server: probe-vpn
          access: 127.0.0.1:%d
          accounting: 127.0.0.1:%d
          secret-file: vpn.secret
          disconnect: 127.0.0.1:%d
        lease:
          inside: %s
          colleague: { name: probe-bob, password-file: bob.password, otp-file: bob.otp }
        ssh:
          hosts: probe-hosts
          brief: probe-brief
          jump: 127.0.0.1:%d
          name: %s
          reach: 127.0.0.1:%d
        mail:
          server: imap://127.0.0.1:%d
          apart: %s
          password-file: ada.mail
        lever:
          account: { name: probe-eve, password-file: eve.password, otp-file: eve.otp }
          mail-password-file: eve.mail
        """
            .formatted(
                office.origin(),
                doors.toApplication,
                Office.DESK,
                Office.OUTSIDE,
                doors.toAccess,
                doors.toAccounting(),
                disconnect,
                INSIDE,
                doors.toJump,
                JUMP,
                host,
                doors.toImap,
                APART));
  }
}
