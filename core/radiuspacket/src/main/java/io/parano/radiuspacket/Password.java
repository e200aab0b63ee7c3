package io.parano.radiuspacket;

import io.parano.kernel.Secret;

/// What a request says the person typed.
public sealed interface Password {
  /// It says something else (CHAP, EAP), or nothing.
  record Missing() implements Password {}

  record Malformed() implements Password {}

  /// @param typed the caller's to wipe; any octets, when it was hidden under another secret
  record Given(Secret typed) implements Password {}
}
