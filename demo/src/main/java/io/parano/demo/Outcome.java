package io.parano.demo;

import io.parano.kernel.Reason;
import java.util.Optional;

/// What became of one step: the attack with the reason that Parano recorded, and the twin.
///
/// @param stumble what went wrong in the demo itself; empty if nothing did
record Outcome(
    Step step,
    Optional<Verdict> attack,
    Optional<Reason> reason,
    Optional<Verdict> twin,
    Optional<String> stumble) {

  /// Whether the attack was refused for the expected reason, and the twin granted.
  boolean asExpected() {
    return stumble.isEmpty()
        && attack.filter(Verdict.Refused.class::isInstance).isPresent()
        && reason.filter(step.expected()::equals).isPresent()
        && twin.filter(Verdict.Granted.class::isInstance).isPresent();
  }
}
