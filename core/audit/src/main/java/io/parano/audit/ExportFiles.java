package io.parano.audit;

import java.util.Optional;

/// Reads the files of an export.
@FunctionalInterface
public interface ExportFiles {
  /// The whole file; empty when there is none. Throws an unchecked exception of the reader's own
  /// when it cannot be read.
  ///
  /// @param path relative, with slashes, as [ExportSink] was given it
  Optional<byte[]> read(String path);
}
