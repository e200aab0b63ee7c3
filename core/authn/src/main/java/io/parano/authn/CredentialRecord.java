package io.parano.authn;

import io.parano.kernel.Bytes;

/// What an assertion is verified against: one enrolled credential and the handle of the person who
/// owns it.
public record CredentialRecord(
    Bytes credentialId, Bytes publicKey, long signCount, Bytes userHandle) {}
