package io.parano.access;

import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A ceremony under way: what was asked, of whom, from where, until when.
sealed interface Ceremony {
  IpPrefix source();

  Instant expiresAt();

  /// Waiting for the touch that begins a sign-in.
  ///
  /// @param person null when nobody has the name that was given; the ceremony goes on as if
  ///   somebody had
  /// @param offered the credentials that were offered, each with the key whose work it takes to
  ///   refuse it
  record SigningIn(
      @Nullable PersonId person,
      Map<Bytes, Bytes> offered,
      Bytes challenge,
      IpPrefix source,
      Instant expiresAt)
      implements Ceremony {}

  /// Touched; waiting for the password.
  record Touched(
      PersonId person,
      AuthenticatorId token,
      Instant touchedAt,
      int attempts,
      IpPrefix source,
      Instant expiresAt)
      implements Ceremony {}

  record SteppingUp(
      SessionId session, PersonId person, Bytes challenge, IpPrefix source, Instant expiresAt)
      implements Ceremony {}

  record Enrolling(
      io.parano.identity.Enrolment enrolment,
      Bytes challenge,
      int attempts,
      IpPrefix source,
      Instant expiresAt)
      implements Ceremony {}
}
