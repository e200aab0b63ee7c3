/// Verifying factors: WebAuthn ceremonies with attestation, passwords under Argon2id, limits on
/// guessing.
///
/// It says whether a factor holds, as sealed outcomes with reasons; it does not decide what a
/// verified factor is worth. Start reading at [io.parano.authn.AssertionOutcome].
package io.parano.authn;
