package io.parano.vpn;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The networks that tunnel addresses come from.
record Networks(List<IpPrefix> networks) {
  Networks {
    networks = List.copyOf(networks);
  }

  boolean contains(IpAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  /// The one address of ours that a peer may speak from; null when it may speak from another, or
  /// from more.
  @Nullable IpAddress only(Present peer) {
    if (peer.allowed().size() != 1 || peer.allowed().getFirst().bits() != 128) {
      return null;
    }
    IpAddress address = peer.allowed().getFirst().first();
    return contains(address) ? address : null;
  }

  /// The network of this address alone, with its length.
  static String alone(IpAddress address) {
    return new IpPrefix(address, 128).toString();
  }
}
