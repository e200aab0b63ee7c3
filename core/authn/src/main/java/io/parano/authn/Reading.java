package io.parano.authn;

/// What became of untrusted bytes.
sealed interface Reading<T> {
  record Read<T>(T value) implements Reading<T> {}

  /// @param detail what was expected and what came, for the operator
  record Malformed<T>(String detail) implements Reading<T> {}
}
