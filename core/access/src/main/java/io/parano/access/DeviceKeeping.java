package io.parano.access;

import io.parano.authn.AssertionResponse;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The passwords of somebody's devices: made by a touch within a live session, shown once, listed.
/// They are cut as everything is ([Operating#cut]).
public interface DeviceKeeping {
  /// How many one person may have.
  int MOST = 16;

  /// How long one lives.
  Duration life();

  SigningIn.Begun begin(String bearer, IpAddress source);

  /// @param label what the person calls the device
  Made make(
      String bearer, String ceremony, AssertionResponse assertion, String label, IpAddress source);

  /// The person's own, or everybody's for an officer; those that count no more are not among them.
  Reply<List<Row>> list(String bearer, IpAddress source);

  /// From the most refusing to the most allowing.
  sealed interface Made {
    record Refused(Reason reason) implements Made {}

    /// @param password told here and nowhere again
    record Done(DeviceId device, Secret password, Instant endsAt) implements Made {}
  }

  /// @param person the sign-in name
  record Row(DeviceId id, String person, String label, Instant madeAt, Instant endsAt) {}
}
