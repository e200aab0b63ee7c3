package io.parano.radius;

import io.parano.kernel.Language;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param access where login is asked for
/// @param accounting where servers tell of tunnels
/// @param radsec where the same is asked over TLS; null for nowhere
/// @param confirmAt the page where a touch confirms a login, as a VPN prompt shows it
/// @param language what a VPN client's user is asked in
public record RadiusConfig(
    InetSocketAddress access,
    InetSocketAddress accounting,
    List<RadiusClient> clients,
    Language language,
    @Nullable RadSec radsec,
    String confirmAt) {
  public RadiusConfig {
    clients = List.copyOf(clients);
  }

  /// Over UDP alone.
  public RadiusConfig(
      InetSocketAddress access,
      InetSocketAddress accounting,
      List<RadiusClient> clients,
      Language language) {
    this(access, accounting, clients, language, null, "");
  }
}
