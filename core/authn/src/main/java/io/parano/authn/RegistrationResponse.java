package io.parano.authn;

import io.parano.kernel.Bytes;

/// What a browser returned from `navigator.credentials.create`, unverified.
public record RegistrationResponse(Bytes credentialId, Bytes clientData, Bytes attestationObject) {}
