package io.parano.demo;

import java.util.Optional;

/// What became of one step: the attack with what Parano recorded, and the twin.
///
/// @param stumble what went wrong in the demo itself; empty if nothing did
record Outcome(
    Step step,
    Optional<Verdict> attack,
    Optional<Stop> stop,
    Optional<Verdict> twin,
    Optional<String> stumble) {

  /// Whether the attack was refused for the expected reason, and the twin granted.
  boolean asExpected() {
    return stumble.isEmpty()
        && attack.filter(Verdict.Refused.class::isInstance).isPresent()
        && stop.filter(step.expected()::equals).isPresent()
        && twin.filter(Verdict.Granted.class::isInstance).isPresent();
  }
}
