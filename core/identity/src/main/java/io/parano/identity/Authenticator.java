package io.parano.identity;

import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One hardware token of one person: the credential record of WebAuthn Level 3 section 4, with what
/// is needed to judge its attestation again later.
///
/// @param publicKey the COSE_Key as the authenticator gave it
/// @param until when it stops counting; null for no end
public record Authenticator(
    AuthenticatorId id,
    PersonId person,
    String label,
    Bytes credentialId,
    Bytes publicKey,
    UUID aaguid,
    long signCount,
    AuthenticatorState state,
    Instant enrolledAt,
    @Nullable Instant until,
    Bytes attestationObject,
    Bytes attestationClientData) {
  private static final int LONGEST_LABEL = 64;

  public Authenticator as(AuthenticatorState state) {
    return new Authenticator(
        id,
        person,
        label,
        credentialId,
        publicKey,
        aaguid,
        signCount,
        state,
        enrolledAt,
        until,
        attestationObject,
        attestationClientData);
  }

  public Authenticator counted(long signCount) {
    return new Authenticator(
        id,
        person,
        label,
        credentialId,
        publicKey,
        aaguid,
        signCount,
        state,
        enrolledAt,
        until,
        attestationObject,
        attestationClientData);
  }

  /// Whether officers can read what the token would be called: nothing in it hides or turns the
  /// line round. Blank stands for none.
  public static boolean validLabel(String label) {
    return label.isBlank() || Legible.isLine(label, LONGEST_LABEL);
  }

  /// Without what its holder called it.
  public Authenticator unnamed() {
    return new Authenticator(
        id,
        person,
        "",
        credentialId,
        publicKey,
        aaguid,
        signCount,
        state,
        enrolledAt,
        until,
        attestationObject,
        attestationClientData);
  }

  public boolean usable(Instant now) {
    return state == AuthenticatorState.ACTIVE && (until == null || now.isBefore(until));
  }
}
