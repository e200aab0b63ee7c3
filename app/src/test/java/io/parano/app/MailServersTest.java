package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.DeviceKeeping;
import io.parano.access.Lever;
import io.parano.access.MailAdmitting.Protocol;
import io.parano.access.MailSettings;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.mail.Doveadm;
import io.parano.mail.MailConfig;
import io.parano.mail.MailListener;
import io.parano.mail.MailServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * nginx's mail proxy with Dovecot behind it, and Dovecot alone, unchanged, asked by curl and by
 * doveadm as IMAP clients, against a whole server on loopback. Every refusal has a login beside it
 * that differs in that one thing.
 */
@Tag("slow")
class MailServersTest {
  private static final String NGINX = "what-nginx-shows-0123456789abcdef";
  private static final String DOVECOT = "what-dovecot-shows-0123456789abcd";
  private static final String TECHNICAL = "a-technical-password";
  private static final IpAddress DESK = IpAddress.parse("127.0.0.5");
  private static final IpAddress OTHER_DESK = IpAddress.parse("127.0.0.6");
  private static final String OUTSIDE = "127.0.1.66";
  private static final String POLICY =
      """
      version: 1
      zones:
        office: [127.0.0.0/24]
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [office]
      """;

  @TempDir private Path folder;
  private MailPrograms programs;
  private Staffed staffed;
  private int asked;
  private int askedByTls;
  private int imap;
  private int store;
  private int submission;
  private int doveadm;
  private int smtp;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(
        Files.exists(Path.of(MailPrograms.NGINX_MODULE)), "nginx's mail module is not installed");
    assumeTrue(Files.exists(Path.of(MailPrograms.DOVECOT)), "Dovecot is not installed");
    asked = Trial.freePort();
    askedByTls = Trial.freePort();
    imap = Trial.freePort();
    store = Trial.freePort();
    submission = Trial.freePort();
    doveadm = Trial.freePort();
    smtp = Trial.freePort();
    programs = new MailPrograms(folder);
    assertThat(certificate()).endsWith("exit 0");
    staffed = Staffed.withMail(folder.resolve("parano"), POLICY, plan());
    staffed.admit("alice");
  }

  private MailPlan plan() {
    IpPrefix here = IpPrefix.parse("127.0.0.1/32");
    return new MailPlan(
        new MailConfig(
            List.of(
                new MailListener("127.0.0.1", asked, null),
                new MailListener(
                    "127.0.0.1",
                    askedByTls,
                    new MailListener.Tls(folder.resolve("c.pem"), folder.resolve("k.pem")))),
            List.of(
                new MailServer(
                    "nginx-1",
                    List.of(here),
                    Secret.ofText(NGINX),
                    new MailServer.Kind.Nginx(
                        Map.of(
                            Protocol.IMAP,
                            new MailServer.Backend("127.0.0.1", store),
                            Protocol.SUBMISSION,
                            new MailServer.Backend("127.0.0.1", submission)),
                        Secret.ofText(TECHNICAL))),
                new MailServer(
                    "dovecot-1",
                    List.of(here),
                    Secret.ofText(DOVECOT),
                    new MailServer.Kind.Dovecot())),
            List.of(
                new Doveadm(
                    "dovecot-1",
                    URI.create("http://127.0.0.1:" + doveadm + "/doveadm/v1"),
                    Secret.ofText(MailPrograms.API_KEY))),
            Language.EN),
        new MailSettings(MailSettings.LIFE, MailSettings.Mailbox.NAME));
  }

  private String certificate() throws Exception {
    return MailPrograms.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=parano.test",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        folder.resolve("k.pem").toString(),
        "-out",
        folder.resolve("c.pem").toString());
  }

  @AfterEach
  void close() throws InterruptedException {
    if (programs != null) {
      programs.close();
    }
    if (staffed != null) {
      staffed.close();
    }
  }

  private void behindNginx() throws Exception {
    programs.dovecot(
        "store",
        store,
        doveadm,
        MailPrograms.imap(store, "haproxy = yes")
            + MailPrograms.submission(submission)
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
        """
        server { listen 127.0.0.1:%d; protocol imap; imap_auth plain login; proxy on; proxy_protocol on; }
        server { listen 127.0.0.1:%d; protocol smtp; smtp_auth plain login; proxy on; proxy_smtp_auth on; xclient on; }
        """
            .formatted(imap, smtp),
        imap);
    cutElsewhere();
  }

  private void alone() throws Exception {
    alone("http://127.0.0.1:" + asked);
  }

  /// @param door where it asks
  private void alone(String door) throws Exception {
    Path script = folder.resolve("parano.lua");
    Path secret = folder.resolve("parano.secret");
    Files.writeString(secret, DOVECOT + "\n");
    Files.writeString(
        script,
        Files.readString(shipped(), StandardCharsets.UTF_8)
            .replace("http://127.0.0.1:8145/dovecot/password", door + "/dovecot/password")
            .replace("/etc/dovecot/parano.secret", secret.toString()));
    programs.dovecot(
        "alone",
        imap,
        doveadm,
        MailPrograms.imap(imap, "")
            + MailPrograms.submission(submission)
            + """
            ssl_client_ca_file = %s
            auth_policy_server_url = %s/dovecot/policy
            auth_policy_server_api_header = X-Parano-Secret: %s
            auth_policy_hash_nonce = of-this-test
            auth_policy_reject_on_fail = yes
            auth_policy_request_attributes = login=%%{requested_username} pwhash=%%{hashed_password} remote=%%{rip} device_id=%%{client_id} protocol=%%s session_id=%%{session}
            passdb {
              driver = lua
              args = file=%s blocking=yes
            }
            """
                .formatted(folder.resolve("c.pem"), door, DOVECOT, script));
    cutElsewhere();
  }

  /// The script as it is shipped.
  private static Path shipped() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("packaging/dovecot/parano.lua"))) {
      at = at.getParent();
    }
    return java.util.Objects.requireNonNull(at).resolve("packaging/dovecot/parano.lua");
  }

  private String curl(String url, String from, String name, String password) throws Exception {
    return MailPrograms.run(
        "curl", "-sS", "-m", "20", "--interface", from, "--user", name + ":" + password, url);
  }

  private String read(String from, String name, String password) throws Exception {
    return curl("imap://127.0.0.1:" + imap + "/", from, name, password);
  }

  private static void opened(String said) {
    assertThat(said).contains("INBOX").endsWith("exit 0");
  }

  private static void refused(String said) {
    assertThat(said).doesNotContain("INBOX").endsWith("exit 67");
  }

  private void cutAlice() {
    staffed
        .server
        .gate()
        .lever()
        .cut(
            new Lever.Target.OnePerson(
                staffed.server.books().roster().named("alice").orElseThrow().id()),
            "drill",
            new Lever.By(null, "control", "test"));
  }

  @Test
  void nginx_devicePasswordBesideASession_opensAndOneThingChangedDoesNot() throws Exception {
    behindNginx();
    DeviceKeeping.Made.Done device = staffed.device("alice", DESK);
    String password = Staffed.text(device.password());

    opened(read("127.0.0.5", "alice", password));
    opened(read("127.0.0.5", "alice@example.test", password.toUpperCase(java.util.Locale.ROOT)));
    refused(read("127.0.0.5", "alice", Staffed.PASSWORD + "alice"));
    refused(read("127.0.0.6", "alice", password));
    refused(read(OUTSIDE, "alice", password));
    refused(read("127.0.0.5", "olga", password));
    refused(read("127.0.0.5", "alice", TECHNICAL));

    staffed.signIn("alice", OTHER_DESK);
    opened(read("127.0.0.6", "alice", password));
    assertThat(Files.readString(folder.resolve("store/dovecot.log")))
        .contains("Login: user=<alice>", "rip=127.0.0.5")
        .doesNotContain("rip=127.0.1.66");
  }

  @Test
  void nginx_submission_takesTheDevicePasswordAndNoOther() throws Exception {
    behindNginx();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    String right = submit("127.0.0.5", password);
    // What curl is in the middle of when the missing relay ends it, writing or reading, is chance.
    assertThat(right).as("logged in; the relay behind is not there").matches("(?s).*exit 5[56]");
    assertThat(Files.readString(folder.resolve("store/dovecot.log")))
        .containsPattern("submission-login: .*Login: user=<alice>.*rip=127.0.0.5,");
    assertThat(submit("127.0.0.5", Staffed.PASSWORD + "alice")).endsWith("exit 67");
    assertThat(submit("127.0.0.6", password)).endsWith("exit 67");
  }

  private String submit(String from, String password) throws Exception {
    return MailPrograms.run(
        "curl",
        "-sS",
        "-m",
        "20",
        "--interface",
        from,
        "--user",
        "alice:" + password,
        "--mail-from",
        "alice@example.test",
        "--mail-rcpt",
        "bob@example.test",
        "-T",
        "/dev/null",
        "smtp://127.0.0.1:" + smtp + "/laptop.test");
  }

  @Test
  void nginx_paranoStopped_opensNothing() throws Exception {
    behindNginx();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    opened(read("127.0.0.5", "alice", password));
    staffed.server.mail().close();
    assertThat(read("127.0.0.5", "alice", password))
        .doesNotContain("INBOX")
        .doesNotEndWith("exit 0");
  }

  /// Nobody's. When it returns, Dovecot has heard of our start, at which everybody logs in anew.
  private void cutElsewhere() {
    Lever.Report report =
        staffed
            .server
            .gate()
            .lever()
            .cut(
                new Lever.Target.OneNetwork(IpPrefix.parse("127.0.0.99/32")),
                "elsewhere",
                new Lever.By(null, "control", "test"));
    assertThat(report.silent()).isEmpty();
  }

  @Test
  void cut_person_closesTheOpenMailboxWithinASecondAndNoOther() throws Exception {
    behindNginx();
    staffed.admit("bob");
    String alices = Staffed.text(staffed.device("alice", DESK).password());
    String bobs = Staffed.text(staffed.device("bob", DESK).password());
    try (ImapLine alice = new ImapLine(imap, "127.0.0.5");
        ImapLine bob = new ImapLine(imap, "127.0.0.5")) {
      assertThat(alice.login("alice", alices)).startsWith("a OK");
      assertThat(bob.login("bob", bobs)).startsWith("a OK");

      long begun = System.nanoTime();
      cutAlice();
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isLessThan(1000);
      assertThat(alice.awaitClosed()).isLessThan(1000);
      assertThat(bob.say("NOOP")).startsWith("a OK");
      refused(read("127.0.0.5", "alice", alices));
      opened(read("127.0.0.5", "bob", bobs));
    }
  }

  @Test
  void signOut_endsTheGround_closesTheOpenMailboxWithinSeconds() throws Exception {
    behindNginx();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    try (ImapLine alice = new ImapLine(imap, "127.0.0.5")) {
      assertThat(alice.login("alice", password)).startsWith("a OK");
      cutElsewhere();
      assertThat(alice.say("NOOP")).startsWith("a OK");
      staffed.signOut("alice");
      assertThat(alice.awaitClosed()).isLessThan(5000);
    }
  }

  @Test
  void cut_dovecotSilent_isNamed() throws Exception {
    behindNginx();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    opened(read("127.0.0.5", "alice", password));
    programs.close();
    Lever.Report report =
        staffed
            .server
            .gate()
            .lever()
            .cut(new Lever.Target.Everybody(), "drill", new Lever.By(null, "control", "test"));
    assertThat(report.silent()).containsExactly("mail");
  }

  @Test
  void dovecot_policyAndLua_openToTheDevicePasswordBesideASession() throws Exception {
    alone();
    DeviceKeeping.Made.Done device = staffed.device("alice", DESK);
    String password = Staffed.text(device.password());
    opened(read("127.0.0.5", "alice", password));
    refused(read("127.0.0.5", "alice", Staffed.PASSWORD + "alice"));
    refused(read("127.0.0.5", "alice", "\",\"remote\":\"127.0.0.5"));
    refused(read("127.0.0.6", "alice", password));
    refused(read(OUTSIDE, "alice", password));

    try (ImapLine alice = new ImapLine(imap, "127.0.0.5")) {
      assertThat(alice.login("alice", password)).startsWith("a OK");
      cutAlice();
      assertThat(alice.awaitClosed()).isLessThan(1000);
    }
    refused(read("127.0.0.5", "alice", password));
  }

  @Test
  void dovecot_overTls_isAskedAndAnswered() throws Exception {
    alone("https://127.0.0.1:" + askedByTls);
    String password = Staffed.text(staffed.device("alice", DESK).password());
    opened(read("127.0.0.5", "alice", password));
    refused(read("127.0.0.6", "alice", password));
  }

  @Test
  void dovecot_paranoStopped_opensNothing() throws Exception {
    alone();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    opened(read("127.0.0.5", "alice", password));
    staffed.server.mail().close();
    refused(read("127.0.0.5", "alice", password));
  }

  @Test
  void doveadm_asAnImapClient_readsWithTheDevicePasswordAlone() throws Exception {
    behindNginx();
    String password = Staffed.text(staffed.device("alice", Staffed.HERE).password());
    assertThat(doveadm(password)).contains("INBOX").endsWith("exit 0");
    assertThat(doveadm(Staffed.PASSWORD + "alice")).doesNotContain("INBOX");
  }

  private String doveadm(String password) throws Exception {
    Path home = Files.createDirectories(folder.resolve("client"));
    MailPrograms.run("chown", "nobody", home.toString());
    return MailPrograms.run(
        "doveadm",
        "-c",
        folder.resolve("store/dovecot.conf").toString(),
        "-o",
        "mail_location=imapc:" + home + "/imapc",
        "-o",
        "imapc_host=127.0.0.1",
        "-o",
        "imapc_port=" + imap,
        "-o",
        "imapc_user=alice",
        "-o",
        "imapc_password=" + password,
        "mailbox",
        "list",
        "-u",
        "alice");
  }
}
