package io.parano.keys;

import java.io.IOException;
import java.nio.file.Path;

/// The keyset file cannot be read or written, for reasons of the file system.
public final class KeysetFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysetFault(String what, Path file, IOException cause) {
    super("cannot " + what + " the keyset " + file + ": " + cause, cause);
  }

  KeysetFault(Path file, String why) {
    super("the keyset " + file + " was written but " + why);
  }
}
