package io.parano.radius;

import io.parano.kernel.Language;
import java.net.InetSocketAddress;
import java.util.List;

/// @param access where login is asked for
/// @param accounting where servers tell of tunnels
/// @param language what a VPN client's user is asked in
public record RadiusConfig(
    InetSocketAddress access,
    InetSocketAddress accounting,
    List<RadiusClient> clients,
    Language language) {
  public RadiusConfig {
    clients = List.copyOf(clients);
  }
}
