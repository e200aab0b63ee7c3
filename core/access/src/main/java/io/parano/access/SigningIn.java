package io.parano.access;

import io.parano.authn.AssertionResponse;
import io.parano.kernel.Bytes;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The way in: name, then touch, then password; and what a signed-in person does with the session.
/// The touch comes before the password is tried, so that guessing a password takes a token first.
/// Names that exist and names that do not get the same options in the same time.
public interface SigningIn {
  /// Options for `navigator.credentials.get`; or refused when too many ceremonies come from one
  /// source.
  Begun begin(String name, IpAddress source);

  Touched touch(String ceremony, AssertionResponse assertion, IpAddress source);

  /// Whether a one-time password could open `path` at `host` from `source`, so that it is worth
  /// offering.
  OtpOffer otpOffer(String host, String path, IpAddress source);

  /// A one-time password of the person's own instead of the touch. What comes of it opens only what
  /// takes one.
  Touched otp(String ceremony, String typed, IpAddress source);

  SignedIn password(String ceremony, Secret password, IpAddress source);

  /// Whose portal session this is, still bound to everything it was bound to.
  Who who(String bearer, IpAddress source);

  void signOut(String bearer, IpAddress source);

  Begun beginStepUp(String bearer, IpAddress source);

  Touched stepUp(String bearer, String ceremony, AssertionResponse assertion, IpAddress source);

  /// A one-time code, good for a minute, that [#redeem] turns into a session for `host` alone.
  HostCode hostCode(String bearer, String host, IpAddress source);

  Granted redeem(String code, String host, IpAddress source);

  enum OtpOffer {
    NONE,
    OFFERED
  }

  sealed interface Begun {
    record Refused(Reason reason) implements Begun {}

    record Options(String ceremony, Bytes challenge, List<Bytes> allowed, Duration timeout)
        implements Begun {}
  }

  sealed interface Touched {
    record Refused(Reason reason) implements Touched {}

    record Accepted() implements Touched {}
  }

  sealed interface SignedIn {
    record Refused(Reason reason) implements SignedIn {}

    /// The ceremony goes on: another password may be tried.
    record Again(Reason reason) implements SignedIn {}

    record Accepted(Secret bearer, Instant endsAt) implements SignedIn {}
  }

  sealed interface Who {
    record Nobody(Reason reason) implements Who {}

    record Somebody(
        SessionId session,
        String name,
        String displayName,
        boolean officer,
        Language language,
        Factor factor,
        Instant touchedAt,
        Instant endsAt)
        implements Who {}
  }

  sealed interface HostCode {
    record Refused(Reason reason) implements HostCode {}

    record Issued(Secret code) implements HostCode {}
  }

  sealed interface Granted {
    record Refused(Reason reason) implements Granted {}

    record Session(Secret bearer, Instant endsAt) implements Granted {}
  }
}
