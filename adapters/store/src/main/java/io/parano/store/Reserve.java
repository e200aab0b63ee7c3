package io.parano.store;

import io.parano.kernel.Tagger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// Room on the disk for acts that take away, set aside while there is some: written out in zero
/// bytes and synced beforehand, so that using it allocates nothing. (A file system that copies on
/// write may still need a block; then what is kept stays in memory, and says so.)
///
/// Records stand one after the other, each with its length and CRC-32C before it and its tag at its
/// end; a zero length ends them. The checksum tells a record that was not written out from one that
/// somebody else wrote, which no tag fits. Used by the writer's thread alone.
final class Reserve implements AutoCloseable {
  static final int SIZE = 1 << 20;
  private static final int FRAME = 8;
  private static final int END = 4;

  private final FileChannel channel;
  private final int size;
  private final RowTags tags;
  private final List<ReserveRecord> pending = new ArrayList<>();
  private int used;
  private boolean torn;
  private boolean forged;
  // What stands in the file is in the log too, and only waits to be forgotten.
  private boolean recorded;

  private Reserve(FileChannel channel, int size, RowTags tags) {
    this.channel = channel;
    this.size = size;
    this.tags = tags;
  }

  /// Where a record is safe.
  enum Kept {
    IN_MEMORY,
    ON_DISK
  }

  /// Opens the reserve in `file`, sets it aside where that has not been done, and reads what stands
  /// in it.
  static Reserve open(Path file, int size, RowTags tags) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      Reserve reserve = new Reserve(channel, size, tags);
      reserve.allocate();
      reserve.scan();
      return reserve;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  List<ReserveRecord> pending() {
    return List.copyOf(pending);
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /// Whether nothing stands in the file either.
  boolean isForgotten() {
    return pending.isEmpty() && !recorded;
  }

  /// Whether the last record found at opening was not written out whole.
  boolean torn() {
    return torn;
  }

  /// Whether a record was found that this installation did not write.
  boolean forged() {
    return forged;
  }

  /// Keeps `record` until [#clear]; on the disk when this says so.
  Kept keep(ReserveRecord record) {
    pending.add(record);
    byte[] payload = tagged(record.bytes());
    if (used + FRAME + payload.length + END > size) {
      return Kept.IN_MEMORY;
    }
    try {
      forget();
      ByteBuffer frame = ByteBuffer.allocate(FRAME + payload.length + END);
      frame.putInt(payload.length).putInt(crc(payload)).put(payload).putInt(0).flip();
      writeAt(frame, used);
      channel.force(false);
      used += FRAME + payload.length;
      return Kept.ON_DISK;
    } catch (IOException e) {
      return Kept.IN_MEMORY;
    }
  }

  /// Everything in it stands in the log now. When the disk refuses to take note of that, the
  /// records stay, and the log recognises them the next time.
  void clear() {
    pending.clear();
    recorded = used > 0;
    try {
      forget();
    } catch (IOException e) {
      // Tried again before the next record is written.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void forget() throws IOException {
    if (recorded) {
      writeAt(ByteBuffer.allocate(END), 0);
      channel.force(false);
      used = 0;
      recorded = false;
    }
  }

  private void allocate() throws IOException {
    long length = channel.size();
    if (length < size) {
      writeAt(ByteBuffer.allocate(size - (int) length), (int) length);
      channel.force(true);
    }
  }

  private void scan() throws IOException {
    while (used + FRAME + END <= size) {
      ByteBuffer frame = read(FRAME, used);
      int length = frame.getInt();
      int crc = frame.getInt();
      if (length == 0) {
        return;
      }
      if (length < 0 || length > size - used - FRAME - END) {
        torn = true;
        return;
      }
      byte[] payload = read(length, used + FRAME).array();
      if (crc(payload) != crc) {
        torn = true;
        return;
      }
      if (length < Tagger.LENGTH || ByteBuffer.wrap(payload).getInt() != Schema.VERSION) {
        // Of another Parano, which may not have tagged it: says so.
        ReserveRecord.read(payload);
        forged = true;
        return;
      }
      byte[] record = Arrays.copyOf(payload, length - Tagger.LENGTH);
      if (!RowTags.same(tags.reserve(record), Arrays.copyOfRange(payload, record.length, length))) {
        forged = true;
        return;
      }
      pending.add(ReserveRecord.read(record));
      used += FRAME + length;
    }
  }

  private byte[] tagged(byte[] record) {
    byte[] tag = tags.reserve(record);
    return ByteBuffer.allocate(record.length + tag.length).put(record).put(tag).array();
  }

  private ByteBuffer read(int length, int position) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, (long) position + buffer.position()) < 0) {
        break;
      }
    }
    return buffer.flip();
  }

  private void writeAt(ByteBuffer buffer, int position) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer, (long) position + buffer.position());
    }
  }

  private static int crc(byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue();
  }
}
