package io.parano.verifier;

import io.parano.audit.ExportFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads an export from a folder that somebody else may have filled: only regular files, and none
/// that would fill the memory.
record ExportFolder(Path folder) implements ExportFiles {
  /// Four times the largest bundle there can be: 256 entries of 64 KiB.
  private static final long MOST_BYTES = 64L << 20;

  @Override
  public Optional<byte[]> read(String path) {
    Path file = folder.resolve(path);
    try {
      return Files.isRegularFile(file) ? Optional.of(bytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + ": > 64 MiB");
    }
    return Files.readAllBytes(file);
  }
}
