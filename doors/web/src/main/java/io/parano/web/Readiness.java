package io.parano.web;

/// Whether the rest of the program can work, as `/health/ready` tells it.
public sealed interface Readiness {
  /// @param why for the operator, who alone can ask
  record NotReady(String why) implements Readiness {}

  record Ready() implements Readiness {}
}
