package io.parano.authn;

import io.parano.kernel.Bytes;
import java.util.UUID;

record CheckedCredential(
    Bytes credentialId,
    Bytes publicKey,
    UUID aaguid,
    long signCount,
    String model,
    Bytes attestationObject,
    Bytes clientData)
    implements VerifiedCredential {}
