package io.parano.identity;

/// From the most refusing to the most allowing.
public enum PersonState {
  /// Left; the name stays taken until it is erased, nothing opens again.
  GONE,
  /// Cut off until reopened.
  FROZEN,
  /// Known, without a token yet.
  INVITED,
  ACTIVE
}
