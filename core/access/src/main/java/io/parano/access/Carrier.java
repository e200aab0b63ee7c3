package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.util.List;

/// What carries the tunnels of enrolled devices.
///
/// @param server as the policy's `vpn` names it
/// @param networks that its tunnels' addresses come from
public record Carrier(String server, Peers peers, List<IpPrefix> networks) {
  public Carrier {
    networks = List.copyOf(networks);
  }

  boolean carries(IpAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
