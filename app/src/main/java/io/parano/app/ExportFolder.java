package io.parano.app;

import io.parano.audit.ExportFiles;
import io.parano.audit.ExportSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// An export of the log as files below one folder.
record ExportFolder(Path folder) implements ExportSink, ExportFiles {
  @Override
  public void write(String path, byte[] bytes) {
    try {
      Path file = folder.resolve(path);
      Path parent = file.getParent();
      Files.createDirectories(parent == null ? folder : parent);
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("the export could not be written to " + folder, e);
    }
  }

  @Override
  public Optional<byte[]> read(String path) {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the export could not be read from " + folder, e);
    }
  }
}
