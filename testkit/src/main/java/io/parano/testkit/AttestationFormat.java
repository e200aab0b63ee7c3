package io.parano.testkit;

/// Which attestation statement a key makes (WebAuthn Level 3 section 8).
public enum AttestationFormat {
  PACKED("packed"),
  PACKED_SELF("packed"),
  FIDO_U2F("fido-u2f"),
  NONE("none");

  private final String identifier;

  AttestationFormat(String identifier) {
    this.identifier = identifier;
  }

  /// The `fmt` of the attestation object.
  public String identifier() {
    return identifier;
  }
}
