package io.parano.app;

import static io.parano.app.MailSite.opened;
import static io.parano.app.MailSite.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.access.Ledger;
import io.parano.access.Lever;
import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cut while the disk is really full, over real doors: the web's, and mail's with nginx and
 * Dovecot. The log is in a file on a small tmpfs, which only root can mount.
 */
@Tag("slow")
class FullDiskCutTest {
  private static final IpAddress DESK = IpAddress.parse("127.0.0.1");
  private static final int MOST = 20_000;

  @TempDir private Path folder;
  private MailSite site;
  private Staffed staffed;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(MailSite.missing().isEmpty(), MailSite::missing);
    assumeTrue(!TestStore.isPostgres(), "about the disk of a file");
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted =
        MailPrograms.run(
                "mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", disk.toString())
            .endsWith("exit 0");
    assumeTrue(mounted, "only root can mount a small tmpfs");
    site = new MailSite(Files.createDirectory(folder.resolve("site")));
    staffed = Staffed.withMail(disk.resolve("parano"), MailSite.POLICY, site.plan());
    staffed.admit("alice");
    staffed.admit("bob");
    site.behindNginx();
    staffed.cutElsewhere();
  }

  @AfterEach
  void close() throws Exception {
    if (site != null) {
      site.close();
    }
    if (staffed != null) {
      staffed.close();
    }
    if (mounted) {
      assertThat(MailPrograms.run("umount", disk.toString())).endsWith("exit 0");
    }
  }

  @Test
  void cut_diskFull_endsWhatIsOpenOnEveryDoorAndIsRecordedOnce() throws Exception {
    String alices = Staffed.text(staffed.device("alice", DESK).password());
    String bobs = Staffed.text(staffed.device("bob", DESK).password());
    String hers = staffed.signIn("alice", DESK);
    String his = staffed.signIn("bob", DESK);
    opened(site.read("127.0.0.1", "alice", alices));
    opened(site.read("127.0.0.1", "bob", bobs));
    try (ImapLine alice = new ImapLine(site.ports.imap(), "127.0.0.1");
        ImapLine bob = new ImapLine(site.ports.imap(), "127.0.0.1")) {
      assertThat(alice.login("alice", alices)).startsWith("a OK");
      assertThat(bob.login("bob", bobs)).startsWith("a OK");
      assertThat(staffed.who(hers)).isEqualTo(200);
      fill();
      assertThat(staffed.who(hers)).isEqualTo(200);
      assertThat(alice.say("NOOP")).startsWith("a OK");

      long begun = System.nanoTime();
      Lever.Report report = cut("alice");
      assertThat(report.silent()).isEmpty();
      assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(1000);
      assertThat(alice.awaitClosed()).isLessThan(1000);
      assertThat(staffed.who(hers)).isEqualTo(401);
      refused(site.read("127.0.0.1", "alice", alices));
      assertThat(recorded()).as("the log is full").isZero();

      assertThat(staffed.who(his)).isEqualTo(200);
      assertThat(bob.say("NOOP")).startsWith("a OK");
    }
    Files.delete(disk.resolve("filler"));
    staffed.signIn("bob", DESK);
    assertThat(recorded()).isEqualTo(1);
    assertThat(staffed.who(hers)).isEqualTo(401);
  }

  private Lever.Report cut(String name) {
    return staffed
        .server
        .gate()
        .lever()
        .cut(
            new Lever.Target.OnePerson(
                staffed.server.books().roster().named(name).orElseThrow().id()),
            "the disk is full",
            new Lever.By(null, "control", "test"));
  }

  /// How often the log tells of it.
  private long recorded() {
    return staffed.server.log().newest(List.of(), 50).stream()
        .map(entry -> new String(entry.leaf().copy(), StandardCharsets.UTF_8))
        .filter(entry -> entry.contains("the disk is full"))
        .count();
  }

  /// Takes all the room there is, and then what the database had left of its own.
  private void fill() throws IOException {
    try (FileChannel filler =
        FileChannel.open(
            disk.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (filler.write(ByteBuffer.allocate(4096)) > 0) {}
    } catch (IOException e) {
      // Full.
    }
    for (int i = 0; i < MOST; i++) {
      if (!comesIn()) {
        return;
      }
    }
    throw new AssertionError("the disk does not fill");
  }

  private boolean comesIn() {
    try {
      return !staffed.signIn("bob", DESK).isEmpty();
    } catch (Ledger.Unavailable | AssertionError e) {
      return false;
    }
  }
}
