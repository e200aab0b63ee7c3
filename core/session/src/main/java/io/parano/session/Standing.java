package io.parano.session;

import io.parano.identity.AuthenticatorState;
import io.parano.identity.PersonState;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a session still holds. From the most refusing to the most allowing.
public sealed interface Standing {
  record Over(Reason reason) implements Standing {}

  record Live() implements Standing {}

  Live LIVE = new Live();

  /// Checks everything that the session is bound to; the first thing that no longer holds ends it.
  /// A child is over when its parent is.
  static Standing of(LiveSession live, IpAddress source, Circumstances now, Instant at) {
    Reason ended = ended(live, source, now, at);
    if (ended != null) {
      return new Over(ended);
    }
    LiveSession parent = live.parent();
    if (parent == null) {
      return live.isChild() ? new Over(Reason.SESSION_CUT) : LIVE;
    }
    return of(parent, source, now, at);
  }

  private static @Nullable Reason ended(
      LiveSession live, IpAddress source, Circumstances now, Instant at) {
    if (live.isEnded()) {
      return Reason.SESSION_CUT;
    }
    if (!live.isFrom(source)) {
      return Reason.SOURCE_CHANGED;
    }
    if (now.sourceCut()) {
      return Reason.SOURCE_CUT;
    }
    if (live.epoch() != now.epoch()) {
      return Reason.EVERYBODY_CUT;
    }
    if (live.isOverAt(at)) {
      return Reason.SESSION_EXPIRED;
    }
    // Nobody tells us of the use of a connection that runs past us: sshd, or the VPN server, ends
    // what lies idle.
    boolean idles =
        switch (live.kind()) {
          case SSH, VPN, DEVICE -> false;
          case PORTAL, HOST, COMMAND -> true;
        };
    if (idles && live.isIdleAt(at, now.idle())) {
      return Reason.SESSION_IDLE;
    }
    if (now.person() == null || !now.person().id().equals(live.person())) {
      return Reason.PERSON_UNKNOWN;
    }
    if (now.person().state() != PersonState.ACTIVE) {
      return notActive(now.person().state());
    }
    if (now.person().generation() != live.generation()) {
      return Reason.CREDENTIALS_CHANGED;
    }
    return token(live, now, at);
  }

  private static @Nullable Reason token(LiveSession live, Circumstances now, Instant at) {
    if (now.authenticator() != null && now.authenticator().id().equals(live.authenticator())) {
      return now.authenticator().usable(at) ? null : unusable(now.authenticator().state());
    }
    if (now.otpToken() != null && now.otpToken().id().equals(live.authenticator())) {
      return now.otpToken().state() == AuthenticatorState.ACTIVE
          ? null
          : unusable(now.otpToken().state());
    }
    return Reason.TOKEN_UNKNOWN;
  }

  private static Reason unusable(AuthenticatorState state) {
    return switch (state) {
      case CUT -> Reason.TOKEN_CUT;
      case SUSPENDED -> Reason.TOKEN_SUSPENDED;
      case ACTIVE -> Reason.TOKEN_EXPIRED;
    };
  }

  private static Reason notActive(PersonState state) {
    return switch (state) {
      case GONE -> Reason.PERSON_GONE;
      case FROZEN -> Reason.PERSON_FROZEN;
      case INVITED, ACTIVE -> Reason.PERSON_INVITED;
    };
  }
}
