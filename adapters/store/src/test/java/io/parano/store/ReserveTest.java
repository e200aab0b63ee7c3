package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Change;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.kernel.Reason;
import io.parano.kernel.Tagger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReserveTest {
  private static final int SIZE = 4096;
  private static final RowTags TAGS = new RowTags(new TestTagger());

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void createFile() throws IOException {
    file = Files.createFile(folder.resolve("reserve"));
  }

  private static ReserveRecord record(int number) {
    Event event =
        Event.at(Samples.NOW, EventType.CUT, Outcome.DONE)
            .by(Samples.personId(number))
            .about(Samples.personId(2))
            .because(Reason.TOKEN_CUT)
            .on("person:" + number)
            .with("because", "é")
            .withPersonal("name", "Zoë");
    List<Change> changes =
        List.of(
            new Change.PutPerson(Samples.person(number)),
            new Change.PutSession(Samples.portal(number)),
            new Change.EndSession(Samples.portal(number).id()));
    return new ReserveRecord(Samples.id(number), event, Write.of(changes));
  }

  private static byte[] bytes(ReserveRecord record) {
    return record.bytes();
  }

  private List<byte[]> reopened() throws IOException {
    try (Reserve reserve = Reserve.open(file, SIZE, TAGS)) {
      return reserve.pending().stream().map(ReserveTest::bytes).toList();
    }
  }

  @Test
  void open_newFile_isSetAsideInFull() throws IOException {
    try (Reserve reserve = Reserve.open(file, SIZE, TAGS)) {
      assertThat(reserve.isEmpty()).isTrue();
      assertThat(reserve.torn()).isFalse();
    }
    assertThat(Files.size(file)).isEqualTo(SIZE);
  }

  @Test
  void record_writtenAndRead_isTheSame() {
    ReserveRecord read = ReserveRecord.read(record(1).bytes());
    assertThat(read.id()).isEqualTo(record(1).id());
    assertThat(read.event()).isEqualTo(record(1).event());
    assertThat(read.writes()).hasSize(3);
    assertThat(read.bytes()).isEqualTo(record(1).bytes());
  }

  @Test
  void record_ofAnotherSchema_isUnreadable() {
    byte[] bytes = record(1).bytes();
    ByteBuffer.wrap(bytes).putInt(Schema.VERSION + 1);
    assertThatThrownBy(() -> ReserveRecord.read(bytes))
        .isInstanceOf(Unreadable.class)
        .hasMessageContaining("schema");
  }

  @Test
  void keep_untilFull_isOnTheDiskAndThenInMemory() throws IOException {
    List<Reserve.Kept> kept = new ArrayList<>();
    int onDisk = (SIZE - 4) / (8 + record(1).bytes().length + Tagger.LENGTH);
    try (Reserve reserve = Reserve.open(file, SIZE, TAGS)) {
      for (int i = 0; i <= onDisk; i++) {
        kept.add(reserve.keep(record(i)));
      }
      assertThat(reserve.pending()).hasSize(onDisk + 1);
    }
    assertThat(kept.subList(0, onDisk)).containsOnly(Reserve.Kept.ON_DISK);
    assertThat(kept.getLast()).isEqualTo(Reserve.Kept.IN_MEMORY);
    List<byte[]> found = reopened();
    assertThat(found).hasSize(onDisk);
    for (int i = 0; i < onDisk; i++) {
      assertThat(found.get(i)).isEqualTo(record(i).bytes());
    }
    assertThat(Files.size(file)).isEqualTo(SIZE);
  }

  @Test
  void clear_thenKeep_hasOnlyWhatCameAfter() throws IOException {
    try (Reserve reserve = Reserve.open(file, SIZE, TAGS)) {
      reserve.keep(record(1));
      reserve.keep(record(2));
      reserve.clear();
      assertThat(reserve.isEmpty()).isTrue();
    }
    assertThat(reopened()).isEmpty();
    try (Reserve reserve = Reserve.open(file, SIZE, TAGS)) {
      reserve.keep(record(3));
    }
    assertThat(reopened()).singleElement().isEqualTo(record(3).bytes());
  }

  @Test
  void open_recordCutShort_isTornAndTheOnesBeforeStand() throws IOException {
    try (Reserve reserve = Reserve.open(file, SIZE, TAGS)) {
      reserve.keep(record(1));
      reserve.keep(record(2));
    }
    int length = 8 + record(1).bytes().length + Tagger.LENGTH;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // The second record's last bytes never reached the disk.
      channel.write(ByteBuffer.allocate(10), 2L * length - 10);
    }
    try (Reserve reserve = Reserve.open(file, SIZE, TAGS)) {
      assertThat(reserve.torn()).isTrue();
      assertThat(reserve.pending()).hasSize(1);
      reserve.keep(record(3));
    }
    try (Reserve reserve = Reserve.open(file, SIZE, TAGS)) {
      assertThat(reserve.torn()).isFalse();
      assertThat(reserve.pending()).hasSize(2);
    }
  }

  @Test
  void open_recordOfAnotherHand_isForged() throws IOException {
    RowTags others = new RowTags((purpose, content) -> new byte[Tagger.LENGTH]);
    try (Reserve reserve = Reserve.open(file, SIZE, others)) {
      reserve.keep(record(1));
    }
    try (Reserve reserve = Reserve.open(file, SIZE, others)) {
      assertThat(reserve.forged()).as("its twin under the key that wrote it").isFalse();
      assertThat(reserve.pending()).hasSize(1);
    }
    try (Reserve reserve = Reserve.open(file, SIZE, TAGS)) {
      assertThat(reserve.forged()).isTrue();
      assertThat(reserve.pending()).isEmpty();
    }
  }

  /// Before its tables are brought up to date, the program that wrote it can still be started.
  @Test
  void open_recordOfAnEarlierSchema_saysWhatToDo() throws IOException {
    byte[] record = record(1).bytes();
    ByteBuffer.wrap(record).putInt(Schema.VERSION - 1);
    CRC32C crc = new CRC32C();
    crc.update(record);
    ByteBuffer frame =
        ByteBuffer.allocate(8 + record.length).putInt(record.length).putInt((int) crc.getValue());
    frame.put(record).flip();
    Reserve.open(file, SIZE, TAGS).close();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(frame, 0);
    }
    assertThatThrownBy(() -> Reserve.open(file, SIZE, TAGS))
        .isInstanceOf(Unreadable.class)
        .hasMessageContaining("start the program that wrote it once more");
  }
}
