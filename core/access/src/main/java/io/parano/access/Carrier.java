package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.util.List;

/// What carries the tunnels of enrolled devices.
///
/// @param server as the policy's `vpn` names it
/// @param end what devices are told of it
/// @param networks that its tunnels' addresses come from
public record Carrier(String server, End end, Peers peers, List<IpPrefix> networks) {
  public Carrier {
    networks = List.copyOf(networks);
  }

  /// The company's end of a tunnel, as a device must know it.
  ///
  /// @param endpoint where devices reach it, a name or an address with a port
  /// @param publicKey 32 bytes
  /// @param routes what a device reaches through it
  public record End(String endpoint, Bytes publicKey, List<IpPrefix> routes) {
    public End {
      routes = List.copyOf(routes);
    }
  }

  boolean carries(IpAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
