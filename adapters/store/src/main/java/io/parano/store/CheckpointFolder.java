package io.parano.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/// Checkpoints in a folder, which is best on another disk or machine: the newest in `checkpoint`,
/// replaced in one step, and all of them, one after the other, in `history-2026-11` and so on.
public final class CheckpointFolder implements KeptOutside {
  private final Path folder;

  private CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  public static CheckpointFolder at(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new CheckpointFolder(folder);
  }

  @Override
  public Optional<String> newest() throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve("checkpoint")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void keep(String note, Instant at) throws IOException {
    Path fresh = folder.resolve("checkpoint.new");
    write(
        fresh,
        note,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(
        fresh,
        folder.resolve("checkpoint"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    write(
        folder.resolve("history-" + YearMonth.from(at.atZone(ZoneOffset.UTC))),
        note + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND);
    // The rename is durable once the folder is.
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void write(Path file, String text, StandardOpenOption... options)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, options)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
