package io.parano.identity;

import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import java.time.Instant;

/// A person's token that types Yubico's one-time passwords. The same piece of hardware may be an
/// [Authenticator] too; nothing tells us, so each is cut by itself.
///
/// @param publicId what it says aloud: Modhex, unique for ever
/// @param seed its key and private id, sealed for that public id
public record OtpToken(
    AuthenticatorId id,
    PersonId person,
    String label,
    String publicId,
    Bytes seed,
    AuthenticatorState state,
    Instant enrolledAt) {

  /// Without what officers called it.
  public OtpToken unnamed() {
    return new OtpToken(id, person, "", publicId, seed, state, enrolledAt);
  }

  /// The same, sealed anew.
  public OtpToken with(Bytes seed) {
    return new OtpToken(id, person, label, publicId, seed, state, enrolledAt);
  }

  public OtpToken as(AuthenticatorState state) {
    return new OtpToken(id, person, label, publicId, seed, state, enrolledAt);
  }
}
