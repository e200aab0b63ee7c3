package io.parano.config;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import java.nio.file.Path;
import java.util.List;

/// What a configuration says of WireGuard.
///
/// @param server as the policy names it
/// @param helper the socket of root's helper
/// @param name of the interface
/// @param networks that tunnel addresses come from
/// @param endpoint where devices reach the interface, a name or an address with a port
/// @param publicKey the interface's, 32 bytes
/// @param routes what devices reach through the tunnel
public record WireGuardPlace(
    String server,
    Path helper,
    String name,
    List<IpPrefix> networks,
    String endpoint,
    Bytes publicKey,
    List<IpPrefix> routes) {
  public WireGuardPlace {
    networks = List.copyOf(networks);
    routes = List.copyOf(routes);
  }
}
