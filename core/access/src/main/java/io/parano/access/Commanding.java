package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.time.Instant;

/// Signing the command line in: it shows a short code, a signed-in person confirms that code in the
/// browser after a fresh touch, and the command line collects a short session bound to its own
/// source address.
public interface Commanding {
  Begun begin(IpAddress source);

  /// From which address the code was asked for, shown to the person before they confirm.
  Reply<String> look(String bearer, String code, IpAddress source);

  /// Wants a touch younger than a minute in the confirming session.
  Reply<Boolean> confirm(String bearer, String code, IpAddress source);

  Collected collect(String ticket, IpAddress source);

  sealed interface Begun {
    record Refused(Reason reason) implements Begun {}

    /// @param code what the person compares and types
    /// @param ticket the secret with which the command line collects
    record Waiting(String code, Secret ticket, Duration lifetime) implements Begun {}
  }

  sealed interface Collected {
    record Refused(Reason reason) implements Collected {}

    record NotYet() implements Collected {}

    record Session(Secret bearer, Instant endsAt) implements Collected {}
  }
}
