package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.SessionId;
import io.parano.session.Lease;
import io.parano.session.LiveSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The leases in memory, by address and by tunnel. Changed only by [Books]. Whether one still
/// counts is another question: [Tunnels].
public final class Leases {
  private final Map<IpAddress, Held> byAddress = new ConcurrentHashMap<>();
  private final Map<SessionId, Held> byTunnel = new ConcurrentHashMap<>();

  Leases() {}

  /// A lease with the session on which it hangs.
  public record Held(Lease lease, LiveSession tunnel) {}

  /// Asked with every request that passes: where there are no leases it costs nothing.
  public @Nullable Held at(IpAddress address) {
    return byAddress.isEmpty() ? null : byAddress.get(address);
  }

  public @Nullable Held of(SessionId tunnel) {
    return byTunnel.get(tunnel);
  }

  public List<Held> all() {
    return List.copyOf(byTunnel.values());
  }

  public int size() {
    return byTunnel.size();
  }

  /// A tunnel has one address, and an address one tunnel: what was there before goes.
  void put(Lease lease, LiveSession tunnel) {
    end(lease.tunnel());
    Held held = new Held(lease, tunnel);
    byTunnel.put(lease.tunnel(), held);
    Held before = byAddress.put(lease.address(), held);
    if (before != null) {
      byTunnel.remove(before.lease().tunnel(), before);
    }
  }

  void end(SessionId tunnel) {
    Held gone = byTunnel.remove(tunnel);
    if (gone != null) {
      byAddress.remove(gone.lease().address(), gone);
    }
  }
}
