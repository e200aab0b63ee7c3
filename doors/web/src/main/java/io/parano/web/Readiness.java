package io.parano.web;

/// Whether the rest of the program can work, as `/health/ready` tells it.
public sealed interface Readiness {
  /// @param why for the operator, who alone can ask
  record NotReady(String why) implements Readiness {}

  /// Everything works, and something about it is weaker than it should be.
  ///
  /// @param what for the operator
  record Doubtful(String what) implements Readiness {}

  record Ready() implements Readiness {}
}
