package io.parano.argon2;

import io.parano.authn.Argon2Parameters;

/// A library that computes Argon2id.
interface Engine {
  /// What it is, for the operator.
  String name();

  /// Room for one computation at a time, used and closed by one thread.
  Bench open();

  interface Bench extends AutoCloseable {
    /// Fills `tag`. `password` and `key` may be wiped by the time this returns.
    ///
    /// @param key the secret value K of RFC 9106, empty for none
    /// @param associated the associated data X, empty for none
    void compute(
        byte[] password,
        byte[] salt,
        byte[] key,
        byte[] associated,
        Argon2Parameters parameters,
        byte[] tag);

    @Override
    void close();
  }
}
