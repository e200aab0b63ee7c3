package io.parano.sshcert;

/// Whether a signature holds. From the most refusing to the most allowing.
public enum Signing {
  BROKEN,
  /// By a key of a kind that our authorities never are.
  NOT_VERIFIABLE,
  HOLDS
}
