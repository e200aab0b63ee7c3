package io.parano.authn;

/// How a password was found, from the most refusing to the most allowing.
public sealed interface PasswordOutcome {
  record Wrong() implements PasswordOutcome {}

  /// Too many verifications are waiting; nothing was tried.
  record Busy() implements PasswordOutcome {}

  /// @param outdated whether the hash was made with weaker parameters than today's, or came from
  ///   another system, and should be made anew
  record Right(boolean outdated) implements PasswordOutcome {}
}
