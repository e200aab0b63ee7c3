package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.kernel.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mail servers whose Parano is stopped, or killed: nothing opens, and what is open is closed by the
 * watch beside Dovecot. Each within five seconds.
 */
@Tag("slow")
class MailProcessTest {
  private static final int PROMISED = 5000;

  @TempDir private Path folder;
  private MailSite site;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(MailSite.missing().isEmpty(), MailSite::missing);
    site = new MailSite(folder);
  }

  @AfterEach
  void close() throws InterruptedException {
    if (site != null) {
      site.close();
    }
  }

  /** A whole Parano that mail servers ask. It says the password of a device of Alice's. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      Staffed staffed =
          Staffed.withMail(
              Path.of(arguments[0]).resolve("parano"),
              MailSite.POLICY,
              MailSite.plan(Path.of(arguments[0]), MailSite.Ports.parse(arguments[1])));
      staffed.admit("alice");
      System.out.println(
          "password "
              + Staffed.text(staffed.device("alice", IpAddress.parse("127.0.0.5")).password()));
      staffed.cutElsewhere();
      System.out.println("serving");
      TimeUnit.HOURS.sleep(1);
    }
  }

  private StaffedProcess parano() throws Exception {
    return StaffedProcess.start(folder, Main.class, site.ports.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", "KILL"})
  void nginx_paranoAway_opensNothing(String signal) throws Exception {
    site.behindNginx();
    try (StaffedProcess parano = parano()) {
      opensNothing(parano, signal);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", "KILL"})
  void dovecot_paranoAway_opensNothing(String signal) throws Exception {
    site.alone();
    try (StaffedProcess parano = parano()) {
      opensNothing(parano, signal);
    }
  }

  private void opensNothing(StaffedProcess parano, String signal) throws Exception {
    String password = parano.said("password ");
    MailSite.opened(read(password));
    parano.signal(signal);
    long begun = System.nanoTime();
    // nginx waits three seconds for an answer before it says no.
    try (ImapLine line = new ImapLine(site.ports.imap(), "127.0.0.5")) {
      assertThat(line.login("alice", password)).doesNotStartWith("a OK");
    }
    assertThat(since(begun)).isLessThan(PROMISED);
    if (signal.equals("STOP")) {
      parano.signal("CONT");
      MailSite.opened(read(password));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", "KILL"})
  void watch_paranoAway_closesWhatIsOpen(String signal) throws Exception {
    site.behindNginx();
    try (StaffedProcess parano = parano()) {
      String password = parano.said("password ");
      try (ImapLine line = new ImapLine(site.ports.imap(), "127.0.0.5")) {
        site.watch("store");
        assertThat(line.login("alice", password)).startsWith("a OK");
        assertThat(line.say("NOOP")).startsWith("a OK");
        parano.signal(signal);
        assertThat(line.awaitClosed()).isLessThan(PROMISED);
      }
    }
  }

  /** Its twin: what it hears leaves everything open. */
  @Test
  void watch_paranoThere_closesNothing() throws Exception {
    site.behindNginx();
    try (StaffedProcess parano = parano()) {
      String password = parano.said("password ");
      try (ImapLine line = new ImapLine(site.ports.imap(), "127.0.0.5")) {
        assertThat(line.login("alice", password)).startsWith("a OK");
        site.watch("store");
        for (int heard = 0; heard < 8; heard++) {
          assertThat(line.say("NOOP")).startsWith("a OK");
          assertThat(read(password)).endsWith("exit 0");
          TimeUnit.MILLISECONDS.sleep(500);
        }
      }
      assertThat(Files.readString(folder.resolve("watch/out"))).isEmpty();
    }
  }

  private String read(String password) throws Exception {
    return site.read("127.0.0.5", "alice", password);
  }

  private static long since(long begun) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }
}
