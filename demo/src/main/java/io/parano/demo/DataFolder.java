package io.parano.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where one run keeps its files: a folder of its own that is gone afterwards, or one that was
/// asked for, which is emptied before and kept.
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final boolean kept;

  private DataFolder(Path path, boolean kept) {
    this.path = path;
    this.kept = kept;
  }

  /// Makes and stamps the folder. Throws [IOException] when the one asked for holds anything that
  /// is not a demo's: nothing of anybody's is ever emptied.
  static DataFolder prepare(@Nullable Path wanted) throws IOException {
    DataFolder folder =
        wanted == null
            ? new DataFolder(Files.createTempDirectory("parano-demo-"), false)
            : new DataFolder(emptied(wanted.toAbsolutePath()), true);
    DemoStamp.on(folder.path);
    return folder;
  }

  Path path() {
    return path;
  }

  /// The product's own part.
  Path product() throws IOException {
    Path product = path.resolve("parano");
    if (!Files.isDirectory(product)) {
      Files.createDirectory(
          product,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      DemoStamp.on(product);
    }
    return product;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      remove(path);
    }
  }

  private static Path emptied(Path wanted) throws IOException {
    if (Files.isDirectory(wanted, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> inside = list(wanted);
      if (!inside.isEmpty() && !Files.exists(wanted.resolve(DemoStamp.FILE))) {
        throw new IOException(wanted + " holds something that is not a demo's; choose another");
      }
      for (Path file : inside) {
        remove(file);
      }
      return wanted;
    }
    return Files.createDirectories(wanted);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void remove(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
