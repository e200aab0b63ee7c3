package io.parano.authn;

import io.parano.kernel.Bytes;
import java.util.UUID;

/// Proof that a registration passed every step, attestation included. Only `Registrations` makes
/// one.
public sealed interface VerifiedCredential permits CheckedCredential {
  Bytes credentialId();

  /// The COSE_Key, as the authenticator gave it.
  Bytes publicKey();

  UUID aaguid();

  long signCount();

  /// The model's name on the allow-list.
  String model();

  Bytes attestationObject();

  Bytes clientData();
}
