package io.parano.identity;

/// From the most refusing to the most allowing.
public enum AuthenticatorState {
  /// Reported lost, replaced or taken away.
  CUT,
  /// Its counter went back: perhaps cloned.
  SUSPENDED,
  ACTIVE
}
