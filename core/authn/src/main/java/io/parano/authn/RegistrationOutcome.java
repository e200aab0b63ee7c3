package io.parano.authn;

import io.parano.kernel.Reason;

/// How the verification of a registration ended.
public sealed interface RegistrationOutcome {
  /// @param clause the step of WebAuthn Level 3 section 7.1 that refused, such as `7.1.10`
  /// @param detail what was expected and what came, for the operator
  record Refused(Reason reason, String clause, String detail) implements RegistrationOutcome {}

  record Accepted(VerifiedCredential credential) implements RegistrationOutcome {}
}
