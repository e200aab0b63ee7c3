package io.parano.keys;

import java.nio.file.Path;

/// What came of opening a keyset file, from the most refusing to the most allowing.
public sealed interface KeysetOpening {
  /// Why not, and what to do, in words for the operator.
  sealed interface Shut extends KeysetOpening {
    String message();
  }

  record Missing(Path file) implements Shut {
    @Override
    public String message() {
      return "There is no keyset at " + file + ". `parano bootstrap` makes one, once.";
    }
  }

  /// @param permissions as `ls` writes them
  record Exposed(Path file, String permissions) implements Shut {
    @Override
    public String message() {
      return "The keyset %s may be used by others (%s). Its owner alone may: chmod 600 %s"
          .formatted(file, permissions, file);
    }
  }

  /// @param line from 1, or 0 for the whole
  record Malformed(Path file, int line, String expected) implements Shut {
    @Override
    public String message() {
      return "%s is no keyset that this version of Parano can read: expected %s%s."
          .formatted(file, expected, line == 0 ? "" : " in line " + line);
    }
  }

  /// A changed salt or cost in the header looks the same.
  record PassphraseWrong(Path file) implements Shut {
    @Override
    public String message() {
      return "The passphrase does not open the keyset %s. (An altered first part of the file would look the same.)"
          .formatted(file);
    }
  }

  record Altered(Path file) implements Shut {
    @Override
    public String message() {
      return "The passphrase is right, but the keyset %s was altered or damaged. Put a backup in its place."
          .formatted(file);
    }
  }

  /// @param module whether the file is behind a module, and was said not to be; else the other way
  record OtherLock(Path file, boolean module) implements Shut {
    @Override
    public String message() {
      return module
          ? "The keyset %s is behind a module, and none is named.".formatted(file)
          : "The keyset %s is not behind the module that is named.".formatted(file);
    }
  }

  record ModuleUnusable(Path file, String why) implements Shut {
    @Override
    public String message() {
      return "The module of the keyset %s can't be used: %s".formatted(file, why);
    }
  }

  record Opened(Keyset keyset) implements KeysetOpening {}
}
