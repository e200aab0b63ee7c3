package io.parano.audit;

/// What came of checking a proof.
public sealed interface ProofOutcome {
  /// The proof shows what it claims.
  record Holds() implements ProofOutcome {}

  /// The proof shows nothing; `why` is for the operator.
  record Broken(String why) implements ProofOutcome {}
}
