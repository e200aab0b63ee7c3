package io.parano.authn;

import io.parano.kernel.Reason;

/// How the verification of an assertion ended.
public sealed interface AssertionOutcome {
  /// @param clause the step of WebAuthn Level 3 section 7.2 that refused, such as `7.2.21`
  /// @param detail what was expected and what came, for the operator
  record Refused(Reason reason, String clause, String detail) implements AssertionOutcome {}

  record Accepted(VerifiedAssertion assertion) implements AssertionOutcome {}
}
