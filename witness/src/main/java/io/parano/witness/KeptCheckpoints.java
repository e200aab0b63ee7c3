package io.parano.witness;

import io.parano.audit.CosignatureKey;
import io.parano.audit.CosignedCheckpoint;
import io.parano.audit.CosignedOutcome;
import io.parano.audit.WatchedLog;
import io.parano.kernel.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The newest cosigned checkpoint of each log, each in a file of its own that is replaced in one
/// step: whenever the process dies, the old one or the new one is there, whole. One process at a
/// time works with the folder.
final class KeptCheckpoints implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private KeptCheckpoints(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Throws [IOException] with a sentence for the operator, when another process works with it too.
  static KeptCheckpoints in(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() != null) {
        return new KeptCheckpoints(folder, lock);
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: refused like anybody else's.
    }
    lock.close();
    throw new IOException(Texts.say("state.in-use", folder.toString()));
  }

  /// What was kept for `log`; empty when nothing ever was. A file that does not hold a checkpoint
  /// under both keys throws: to go on without it would be to forget what was cosigned.
  Optional<CosignedCheckpoint> read(WatchedLog log, CosignatureKey witness) throws IOException {
    Path file = file(log);
    String note;
    try {
      note = Files.readString(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new IOException(Texts.say("state.broken", file.toString(), "not UTF-8"), e);
    }
    return switch (CosignedCheckpoint.open(note, log.origin(), log.key(), witness)) {
      case CosignedOutcome.Refused(String why) ->
          throw new IOException(Texts.say("state.broken", file.toString(), why));
      case CosignedOutcome.Genuine(CosignedCheckpoint found) -> {
        if (found.cosignatures().isEmpty()) {
          throw new IOException(
              Texts.say("state.broken", file.toString(), "not signed by " + witness.name()));
        }
        yield Optional.of(found);
      }
    };
  }

  /// When this returns, `note` survives a crash.
  void keep(WatchedLog log, String note) throws IOException {
    Path fresh = folder.resolve(name(log) + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        fresh, file(log), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // The rename is durable once the folder is.
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path file(WatchedLog log) {
    return folder.resolve(name(log) + ".checkpoint");
  }

  /// Origins hold slashes and more: files are called by their digest.
  private static String name(WatchedLog log) {
    return Digest.of(log.origin().getBytes(StandardCharsets.UTF_8)).hex();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
