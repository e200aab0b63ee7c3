package io.parano.audit;

/// Takes the files of an export, each once and whole.
@FunctionalInterface
public interface ExportSink {
  /// @param path relative, with slashes, such as `tile/entries/000`
  void write(String path, byte[] bytes);
}
