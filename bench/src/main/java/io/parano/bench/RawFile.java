package io.parano.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// What the disk gives to whoever only appends: groups of 64 records of 512 bytes, each group with
/// `fdatasync`.
final class RawFile {
  private static final int RECORD = 512;
  private static final int GROUP = 64;

  private RawFile() {}

  /// Records a second.
  static double append(Path directory, Duration span) throws IOException {
    ByteBuffer group = ByteBuffer.allocateDirect(RECORD * GROUP);
    Path file = directory.resolve("raw");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long start = System.nanoTime();
      long records = 0;
      while (System.nanoTime() - start < span.toNanos()) {
        group.clear();
        while (group.hasRemaining()) {
          channel.write(group);
        }
        channel.force(false);
        records += GROUP;
      }
      return records / ((System.nanoTime() - start) / 1e9);
    } finally {
      Files.delete(file);
    }
  }
}
