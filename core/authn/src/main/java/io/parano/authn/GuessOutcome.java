package io.parano.authn;

import io.parano.kernel.Reason;
import java.time.Duration;

/// Whether a password may be tried now, from the most refusing to the most allowing.
public sealed interface GuessOutcome {
  /// So many guesses in a row were wrong that waiting no longer helps: only an officer's act opens
  /// again ([GuessLimits#reopen]), or the person, by signing in from a network from which they have
  /// signed in before.
  record Shut(Reason reason) implements GuessOutcome {}

  /// @param delay until another attempt is let through
  record Wait(Duration delay, Reason reason) implements GuessOutcome {}

  /// One attempt, already counted as wrong, so that attempts made at the same time count too. Tell
  /// its end to [GuessLimits#right] or [GuessLimits#untried] when it was not. Only [GuessLimits]
  /// makes one.
  sealed interface Go extends GuessOutcome permits Attempt {}
}
