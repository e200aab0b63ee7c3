package io.parano.testkit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an attestation certificate will say. [#of] is right in every field (WebAuthn Level 3
/// section 8.2.1); each call after it spoils or changes one and gives the same shape back.
public final class LeafShape {
  @Nullable String country = "FR";
  @Nullable String organization = "Parano software keys";
  @Nullable String unit = "Authenticator Attestation";
  @Nullable String commonName = "Software security key, not hardware";
  @Nullable UUID aaguid;
  boolean aaguidCritical;
  boolean aaguidWrappedOnce;
  boolean certificateAuthority;
  int version = 3;
  KeyAlgorithm algorithm = KeyAlgorithm.ES256;
  @Nullable Instant notBefore;
  @Nullable Instant notAfter;

  private LeafShape(@Nullable UUID aaguid) {
    this.aaguid = aaguid;
  }

  /// A right certificate for a model, valid as long as its authority.
  public static LeafShape of(UUID aaguid) {
    return new LeafShape(aaguid);
  }

  /// Null leaves the field out.
  public LeafShape country(@Nullable String other) {
    country = other;
    return this;
  }

  /// Null leaves the field out.
  public LeafShape organization(@Nullable String other) {
    organization = other;
    return this;
  }

  /// Null leaves the field out.
  public LeafShape unit(@Nullable String other) {
    unit = other;
    return this;
  }

  /// Null leaves the field out.
  public LeafShape commonName(@Nullable String other) {
    commonName = other;
    return this;
  }

  /// The value of the extension 1.3.6.1.4.1.45724.1.1.4; null leaves it out.
  public LeafShape aaguid(@Nullable UUID other) {
    aaguid = other;
    return this;
  }

  public LeafShape aaguidCritical() {
    aaguidCritical = true;
    return this;
  }

  /// Leaves out the inner one of the two OCTET STRINGs that the extension must have.
  public LeafShape aaguidWrappedOnce() {
    aaguidWrappedOnce = true;
    return this;
  }

  public LeafShape certificateAuthority() {
    certificateAuthority = true;
    return this;
  }

  /// Version 1 has no extensions.
  public LeafShape version1() {
    version = 1;
    return this;
  }

  /// The attestation key's own algorithm.
  public LeafShape algorithm(KeyAlgorithm other) {
    algorithm = other;
    return this;
  }

  public LeafShape validBetween(Instant first, Instant last) {
    notBefore = first;
    notAfter = last;
    return this;
  }
}
