package io.parano.session;

import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Ties one address inside the VPN to one tunnel, and so to one person, for as long as the tunnel's
/// session stands.
///
/// @param tunnel the session of the tunnel: [Session.Kind#VPN] or [Session.Kind#DEVICE]
/// @param address what the tunnel's far end is called inside; IPv4, so that a session's source is
///   either that address or another
/// @param device the enrolled device that opened it; null for a tunnel of a VPN server
/// @param startedAt what is older was granted to somebody else's packets, perhaps
/// @param endsAt when the tunnel's session ends at the latest
public record Lease(
    SessionId tunnel,
    IpAddress address,
    @Nullable DeviceId device,
    Instant startedAt,
    Instant endsAt) {
  public Lease {
    if (!address.isV4()) {
      throw new IllegalArgumentException("a leased address is IPv4, not " + address);
    }
  }
}
