package io.parano.access;

/// What the lever wants of a door.
public interface Door {
  String name();

  /// Returns when no request that was let through before this call is still being answered: what
  /// the core refuses now, the door refuses. Throws nothing; blocks as long as it must.
  void closed();
}
