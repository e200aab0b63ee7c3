package io.parano.config;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a configuration says of RADIUS.
///
/// @param access where VPN servers ask
/// @param accounting where they tell of tunnels
/// @param tunnels networks that nobody is on the way of
public record RadiusPlace(At access, At accounting, List<IpPrefix> tunnels, List<Client> clients) {
  public RadiusPlace {
    tunnels = List.copyOf(tunnels);
    clients = List.copyOf(clients);
  }

  /// An address and a port.
  public record At(String host, int port) {
    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /// @param addresses from where it speaks
  /// @param secret sealed for this name, as `parano radius secret` prints it
  /// @param disconnect where it ends tunnels on our word; null when it can't
  public record Client(
      String name,
      List<IpPrefix> addresses,
      Bytes secret,
      MessageAuthenticator messageAuthenticator,
      @Nullable At disconnect) {
    public Client {
      addresses = List.copyOf(addresses);
    }
  }

  /// Whether a client's requests must carry one, from the most refusing to the most allowing.
  public enum MessageAuthenticator {
    REQUIRED,
    EXEMPT
  }
}
