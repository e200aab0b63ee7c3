package io.parano.access;

import io.parano.identity.Device;
import io.parano.kernel.DeviceId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import io.parano.session.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a tunnel still holds, by all that it hangs on.
final class Tunnels {
  private Tunnels() {}

  /// Why the tunnel of `live` must end; null while it may go on.
  static @Nullable Reason over(Books books, LiveSession live, Instant now) {
    IpAddress station = live.session().source().first();
    if (books.closures().everybody()) {
      return Reason.EVERYBODY_CUT;
    }
    Leases.Held held = books.leases().of(live.id());
    if (held != null && books.closures().covers(held.lease().address())) {
      return Reason.SOURCE_CUT;
    }
    return switch (Standing.of(live, station, books.circumstances(live, station), now)) {
      case Standing.Over(var reason) -> reason;
      case Standing.Live holds ->
          live.kind() == Session.Kind.DEVICE
              ? deviceRefusal(books, held)
              : Sources.refusal(books, station);
    };
  }

  /// Its own key is such a tunnel's first level, wherever it is.
  private static @Nullable Reason deviceRefusal(Books books, Leases.@Nullable Held held) {
    DeviceId id = held == null ? null : held.lease().device();
    Device device = id == null ? null : books.roster().device(id);
    if (held == null || device == null) {
      return Reason.DEVICE_UNKNOWN;
    }
    return device.active() && device.person().equals(held.tunnel().person())
        ? null
        : Reason.DEVICE_CUT;
  }

  /// Why the lease makes nothing a source any more; null while it counts.
  static @Nullable Reason over(Books books, Leases.Held held, Instant now) {
    return books.sessions().with(held.lease().tunnel()) == null
        ? Reason.SESSION_CUT
        : over(books, held.tunnel(), now);
  }
}
