package io.parano.access;

/// Passwords that came as hashes from another system and were not used since.
@FunctionalInterface
public interface OldHashes {
  /// Looks at every password: for an operator, not for every request.
  int left();
}
