package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.DeviceKeeping;
import io.parano.access.Lever;
import io.parano.kernel.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final IpAddress DESK = IpAddress.parse("127.0.0.5");
  private static final IpAddress OTHER_DESK = IpAddress.parse("127.0.0.6");
  private static final String OUTSIDE = "127.0.1.66";

  @TempDir private Path folder;
  private MailSite site;
  private Staffed staffed;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(MailSite.missing().isEmpty(), MailSite::missing);
    site = new MailSite(folder);
    staffed = Staffed.withMail(folder.resolve("parano"), MailSite.POLICY, site.plan());
    staffed.admit("alice");
  }

  @AfterEach
  void close() throws InterruptedException {
    if (site != null) {
      site.close();
    }
    if (staffed != null) {
      staffed.close();
    }
  }

  private void behindNginx() throws Exception {
    site.behindNginx();
    staffed.cutElsewhere();
  }

  private void alone() throws Exception {
    site.alone();
    staffed.cutElsewhere();
  }

  private String read(String from, String name, String password) throws Exception {
    return site.read(from, name, password);
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

    MailSite.opened(read("127.0.0.5", "alice", password));
    MailSite.opened(
        read("127.0.0.5", "alice@example.test", password.toUpperCase(java.util.Locale.ROOT)));
    MailSite.refused(read("127.0.0.5", "alice", Staffed.PASSWORD + "alice"));
    MailSite.refused(read("127.0.0.6", "alice", password));
    MailSite.refused(read(OUTSIDE, "alice", password));
    MailSite.refused(read("127.0.0.5", "olga", password));
    MailSite.refused(read("127.0.0.5", "alice", MailSite.TECHNICAL));

    staffed.signIn("alice", OTHER_DESK);
    MailSite.opened(read("127.0.0.6", "alice", password));
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
        "smtp://127.0.0.1:" + site.ports.smtp() + "/laptop.test");
  }

  @Test
  void nginx_pop3_takesTheDevicePasswordAndNoOther() throws Exception {
    assumeTrue(Files.exists(Path.of(MailPrograms.POP3)), "Dovecot's POP3 is not installed");
    behindNginx();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    assertThat(site.pop("127.0.0.5", "alice", password)).endsWith("exit 0");
    assertThat(Files.readString(folder.resolve("store/dovecot.log")))
        .containsPattern("pop3-login: .*Login: user=<alice>.*rip=127.0.0.5,");
    assertThat(site.pop("127.0.0.5", "alice", Staffed.PASSWORD + "alice")).endsWith("exit 67");
    assertThat(site.pop("127.0.0.6", "alice", password)).endsWith("exit 67");
    assertThat(site.pop(OUTSIDE, "alice", password)).endsWith("exit 67");
  }

  @Test
  void nginx_paranoStopped_opensNothing() throws Exception {
    behindNginx();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    MailSite.opened(read("127.0.0.5", "alice", password));
    staffed.server.mail().close();
    assertThat(read("127.0.0.5", "alice", password))
        .doesNotContain("INBOX")
        .doesNotEndWith("exit 0");
  }

  @Test
  void cut_person_closesTheOpenMailboxWithinASecondAndNoOther() throws Exception {
    behindNginx();
    staffed.admit("bob");
    String alices = Staffed.text(staffed.device("alice", DESK).password());
    String bobs = Staffed.text(staffed.device("bob", DESK).password());
    try (ImapLine alice = new ImapLine(site.ports.imap(), "127.0.0.5");
        ImapLine bob = new ImapLine(site.ports.imap(), "127.0.0.5")) {
      assertThat(alice.login("alice", alices)).startsWith("a OK");
      assertThat(bob.login("bob", bobs)).startsWith("a OK");

      long begun = System.nanoTime();
      cutAlice();
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isLessThan(1000);
      assertThat(alice.awaitClosed()).isLessThan(1000);
      assertThat(bob.say("NOOP")).startsWith("a OK");
      MailSite.refused(read("127.0.0.5", "alice", alices));
      MailSite.opened(read("127.0.0.5", "bob", bobs));
    }
  }

  @Test
  void signOut_endsTheGround_closesTheOpenMailboxWithinSeconds() throws Exception {
    behindNginx();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    try (ImapLine alice = new ImapLine(site.ports.imap(), "127.0.0.5")) {
      assertThat(alice.login("alice", password)).startsWith("a OK");
      staffed.cutElsewhere();
      assertThat(alice.say("NOOP")).startsWith("a OK");
      staffed.signOut("alice");
      assertThat(alice.awaitClosed()).isLessThan(5000);
    }
  }

  @Test
  void cut_dovecotSilent_isNamed() throws Exception {
    behindNginx();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    MailSite.opened(read("127.0.0.5", "alice", password));
    site.close();
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
    MailSite.opened(read("127.0.0.5", "alice", password));
    MailSite.refused(read("127.0.0.5", "alice", Staffed.PASSWORD + "alice"));
    MailSite.refused(read("127.0.0.5", "alice", "\",\"remote\":\"127.0.0.5"));
    MailSite.refused(read("127.0.0.6", "alice", password));
    MailSite.refused(read(OUTSIDE, "alice", password));

    try (ImapLine alice = new ImapLine(site.ports.imap(), "127.0.0.5")) {
      assertThat(alice.login("alice", password)).startsWith("a OK");
      cutAlice();
      assertThat(alice.awaitClosed()).isLessThan(1000);
    }
    MailSite.refused(read("127.0.0.5", "alice", password));
  }

  @Test
  void dovecot_policyAndCheckpassword_openToTheDevicePasswordBesideASession() throws Exception {
    site.aloneByCheckpassword();
    staffed.cutElsewhere();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    MailSite.opened(read("127.0.0.5", "alice", password));
    MailSite.refused(read("127.0.0.5", "alice", Staffed.PASSWORD + "alice"));
    MailSite.refused(read("127.0.0.5", "alice", "\",\"remote\":\"127.0.0.5"));
    MailSite.refused(read("127.0.0.6", "alice", password));
    MailSite.refused(read(OUTSIDE, "alice", password));
    staffed.server.mail().close();
    MailSite.refused(read("127.0.0.5", "alice", password));
  }

  @Test
  void dovecot_overTls_isAskedAndAnswered() throws Exception {
    site.alone("https://127.0.0.1:" + site.ports.askedByTls());
    staffed.cutElsewhere();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    MailSite.opened(read("127.0.0.5", "alice", password));
    MailSite.refused(read("127.0.0.6", "alice", password));
  }

  @Test
  void dovecot_paranoStopped_opensNothing() throws Exception {
    alone();
    String password = Staffed.text(staffed.device("alice", DESK).password());
    MailSite.opened(read("127.0.0.5", "alice", password));
    staffed.server.mail().close();
    MailSite.refused(read("127.0.0.5", "alice", password));
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
        "imapc_port=" + site.ports.imap(),
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
