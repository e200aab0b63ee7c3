package io.parano.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The folder of one server: closed to everybody else (0700, files 0600) and locked for as long as
/// the process lives.
final class DataDirectory implements AutoCloseable {
  private static final Set<PosixFilePermission> FORBIDDEN =
      Set.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  sealed interface Claim {
    record Claimed(DataDirectory directory) implements Claim {}

    record Refused(String why) implements Claim {}
  }

  static Claim claim(Path path) throws IOException {
    if (!Files.exists(path)) {
      Files.createDirectories(path, OWNER_ONLY_FOLDER);
    }
    if (!Files.isDirectory(path)) {
      return new Claim.Refused(path + " is not a folder");
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
    if (found.stream().anyMatch(FORBIDDEN::contains)) {
      return new Claim.Refused(
          "%s is open to others (%s): close it with chmod 700 %s"
              .formatted(path, PosixFilePermissions.toString(found), path));
    }
    return lock(path);
  }

  private static Claim lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file(path, "lock"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        channel.truncate(0);
        channel.write(
            ByteBuffer.wrap(
                Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new Claim.Claimed(new DataDirectory(path, channel));
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: refused like anybody else's.
    }
    channel.close();
    return new Claim.Refused(
        "another server (process %s) works with %s"
            .formatted(Files.readString(path.resolve("lock")), path));
  }

  /// The file of that name, made if it did not exist, readable by its owner alone.
  Path file(String name) throws IOException {
    return file(path, name);
  }

  private static Path file(Path path, String name) throws IOException {
    Path file = path.resolve(name);
    try {
      Files.createFile(file, OWNER_ONLY_FILE);
    } catch (FileAlreadyExistsException e) {
      // As it should be from the second start on.
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
