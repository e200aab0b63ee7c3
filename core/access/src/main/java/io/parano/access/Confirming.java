package io.parano.access;

import io.parano.authn.AssertionResponse;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.time.Duration;
import java.util.List;

/// A VPN login confirmed at the sign-in page: by the code that the VPN prompt shows, and a touch of
/// the person's own token, from the same address as the device that wants the tunnel.
public interface Confirming {
  Begun begin(String name, String code, IpAddress source);

  Confirmed finish(String ceremony, AssertionResponse assertion, IpAddress source);

  /// From the most refusing to the most allowing.
  sealed interface Begun {
    record Refused(Reason reason) implements Begun {}

    /// @param challenge covers the code, the server and the device's address
    /// @param server the VPN server that asks, as the configuration names it
    /// @param station where the device is
    record Options(
        String ceremony,
        Bytes challenge,
        List<Bytes> allowed,
        Duration timeout,
        String server,
        IpAddress station)
        implements Begun {
      public Options {
        allowed = List.copyOf(allowed);
      }
    }
  }

  /// From the most refusing to the most allowing.
  sealed interface Confirmed {
    record Refused(Reason reason) implements Confirmed {}

    /// The tunnel may go on: the password is tried next, there.
    record Done() implements Confirmed {}
  }
}
