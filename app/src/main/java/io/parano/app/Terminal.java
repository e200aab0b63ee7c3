package io.parano.app;

import java.io.Console;
import java.util.Optional;

/// The terminal that somebody sits at.
final class Terminal {
  private Terminal() {}

  /// Empty when standard input or output is something else.
  static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
