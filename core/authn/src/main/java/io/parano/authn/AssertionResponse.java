package io.parano.authn;

import io.parano.kernel.Bytes;
import org.jspecify.annotations.Nullable;

/// What a browser returned from `navigator.credentials.get`, unverified.
public record AssertionResponse(
    Bytes credentialId,
    Bytes authenticatorData,
    Bytes clientData,
    Bytes signature,
    @Nullable Bytes userHandle) {}
