package io.parano.access;

import io.parano.kernel.ActId;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import java.time.Instant;

/// A ceremony under way: what was asked, of whom, from where, until when.
sealed interface Ceremony {
  IpPrefix source();

  Instant expiresAt();

  /// By what somebody showed that it is theirs: those of one person, session or VPN login are
  /// counted together, and stand in the way of nobody else's.
  Object shownBy();

  /// Touched; waiting for the password.
  record Touched(
      PersonId person,
      AuthenticatorId token,
      Instant touchedAt,
      int attempts,
      IpPrefix source,
      Instant expiresAt)
      implements Ceremony {
    @Override
    public Object shownBy() {
      return person;
    }
  }

  /// Somebody typed the code of a VPN login; waiting for the touch that confirms it.
  ///
  /// @param state brings back to the login
  /// @param asked the login
  /// @param challenge over its code, server and place
  record Confirming(
      String name,
      String state,
      Admitting.Asked asked,
      Bytes challenge,
      IpPrefix source,
      Instant expiresAt)
      implements Ceremony {
    String server() {
      return asked.server();
    }

    @Override
    public Object shownBy() {
      return state;
    }
  }

  record SteppingUp(
      SessionId session, PersonId person, Bytes challenge, IpPrefix source, Instant expiresAt)
      implements Ceremony {
    @Override
    public Object shownBy() {
      return person;
    }
  }

  /// Waiting for the touch that comes before a new password.
  record PasswordAsked(
      PersonId person, Ground ground, Bytes challenge, IpPrefix source, Instant expiresAt)
      implements Ceremony {
    @Override
    public Object shownBy() {
      return person;
    }
  }

  /// Touched; waiting for the new password, and the present one where there is one.
  ///
  /// @param attempts how often the present one was wrong
  record PasswordTouched(
      PersonId person,
      AuthenticatorId token,
      Ground ground,
      int attempts,
      IpPrefix source,
      Instant expiresAt)
      implements Ceremony {
    @Override
    public Object shownBy() {
      return person;
    }
  }

  /// Why somebody may choose a new password.
  sealed interface Ground {
    /// Officers made the present one void.
    record Opened(ActId act) implements Ground {}

    /// They are signed in, and give the present one.
    record SignedIn(SessionId session) implements Ground {}
  }

  /// Waiting for the touch that makes a device's password.
  record DeviceAsked(SessionId session, Bytes challenge, IpPrefix source, Instant expiresAt)
      implements Ceremony {
    @Override
    public Object shownBy() {
      return session;
    }
  }

  record Enrolling(
      io.parano.identity.Enrolment enrolment,
      Bytes challenge,
      int attempts,
      IpPrefix source,
      Instant expiresAt)
      implements Ceremony {
    @Override
    public Object shownBy() {
      return enrolment.person();
    }
  }
}
