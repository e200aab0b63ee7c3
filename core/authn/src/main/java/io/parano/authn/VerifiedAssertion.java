package io.parano.authn;

import io.parano.kernel.Bytes;

/// Proof that an assertion passed every step. Only `Assertions` makes one.
public sealed interface VerifiedAssertion permits CheckedAssertion {
  Bytes credentialId();

  /// The signature counter to store.
  long signCount();
}
