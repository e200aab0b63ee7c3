package io.parano.store;

import static io.parano.store.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Change;
import io.parano.access.Ledger;
import io.parano.audit.EventType;
import io.parano.audit.Verdict;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.session.Session;
import io.parano.store.StoreUnderTest.Opened;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is really full: a small tmpfs, which only root can mount. [FullDatabaseTest] has the
/// part that needs no root.
class FullDiskTest {
  private static final Person PERSON = Samples.person(1);
  private static final Person FROZEN = PERSON.as(PersonState.FROZEN).renewed();
  private static final Session SESSION = Samples.portal(1);
  private static final List<Change> CUT =
      List.of(new Change.PutPerson(FROZEN), new Change.EndSession(SESSION.id()));

  @TempDir Path folder;
  private Path disk = Path.of("");
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", disk.toString());
    if (!mounted) {
      System.out.println("NOT RUN: FullDiskTest, since only root can mount a small tmpfs");
    }
    Assumptions.assumeTrue(mounted, "only root can mount a small tmpfs");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private LogOnDisk log() {
    return log(folder);
  }

  private static LogOnDisk log(Path folder) {
    return new LogOnDisk(folder.resolve("disk/log"), folder.resolve("outside"));
  }

  /// Takes all the room there is, and then what the database had left of its own.
  private static void fill(Path folder, Ledger ledger) throws IOException {
    try (FileChannel filler =
        FileChannel.open(
            folder.resolve("disk/filler"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (filler.write(ByteBuffer.allocate(4096)) > 0) {}
    } catch (IOException e) {
      // Full.
    }
    for (int i = 0; i < 10_000; i++) {
      try {
        ledger.commit(event(i), List.of());
      } catch (Ledger.Unavailable e) {
        return;
      }
    }
    throw new AssertionError("the disk does not fill");
  }

  private void makeRoom() throws IOException {
    Files.delete(disk.resolve("filler"));
  }

  private static void begin(Ledger ledger) {
    ledger.commit(event(0), List.of(new Change.PutPerson(PERSON), new Change.PutSession(SESSION)));
  }

  private static void assertCutOnce(Opened opened) {
    assertThat(opened.state().changes()).containsExactly(new Change.PutPerson(FROZEN));
    assertThat(opened.reader().newest(List.of(new Criterion.Type(EventType.CUT)), 10)).hasSize(1);
    opened.ledger().checkpoint(Samples.NOW);
    assertThat(opened.reader().verifyAll(entries -> {})).isInstanceOf(Verdict.Holds.class);
  }

  @Test
  void withdraw_diskFull_joinsTheLogBeforeAnythingElseWhenThereIsRoom() throws IOException {
    LogOnDisk log = log();
    try (Opened opened = log.open()) {
      begin(opened.ledger());
      fill(folder, opened.ledger());
      long size = opened.reader().size();

      opened.ledger().withdraw(Samples.cut(1), CUT);
      assertThatThrownBy(() -> opened.ledger().commit(event(1), List.of()))
          .isInstanceOf(Ledger.Unavailable.class);
      assertThat(opened.reader().size()).as("nothing of what failed shows").isEqualTo(size);

      makeRoom();
      assertThat(opened.ledger().commit(event(2), List.of()).index()).isEqualTo(size + 1);
      assertThat(opened.reader().newest(List.of(), 2).getLast().read().type()).isEqualTo("cut");
    }
    log.assertNotices(Notice.Unwritable.class, Notice.Reserved.class, Notice.WritableAgain.class);
    try (Opened opened = log.open()) {
      assertCutOnce(opened);
    }
  }

  @Test
  void withdraw_diskFullAndProcessKilled_isThereBeforeAnythingIsGranted() throws Exception {
    try (Child child = Child.run(CuttingOnAFullDisk.class, folder)) {
      assertThat(child.listen(1)).containsExactly("cut");
      child.kill();
    }
    assertThat(log().tryOpen()).as("still full").isInstanceOf(Opening.Failed.class);
    makeRoom();
    try (Opened opened = log().open()) {
      assertCutOnce(opened);
    }
    try (Opened opened = log().open()) {
      assertCutOnce(opened);
    }
  }

  /// Fills the disk, takes something away, says so, and waits to be killed.
  static final class CuttingOnAFullDisk {
    private CuttingOnAFullDisk() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      Path folder = Path.of(args[0]);
      SqlLedger ledger = log(folder).open().ledger();
      begin(ledger);
      fill(folder, ledger);
      ledger.withdraw(Samples.cut(1), CUT);
      Child.say("cut");
      Thread.currentThread().join();
    }
  }
}
