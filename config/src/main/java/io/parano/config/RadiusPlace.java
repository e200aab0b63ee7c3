package io.parano.config;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a configuration says of RADIUS.
///
/// @param access where VPN servers ask
/// @param accounting where they tell of tunnels
/// @param radsec where both are done over TLS; null for nowhere
/// @param tunnels networks that nobody is on the way of
public record RadiusPlace(
    At access,
    At accounting,
    @Nullable RadSec radsec,
    List<IpPrefix> tunnels,
    List<Client> clients) {
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

  /// @param certificate our chain, in PEM
  /// @param key its private key, in PEM
  /// @param authority whose word on clients' certificates counts, in PEM
  public record RadSec(At tcp, Path certificate, Path key, Path authority) {}

  /// @param addresses from where it speaks
  /// @param secret sealed for this name, as `parano radius secret` prints it; null for one that
  ///   speaks over TLS and can't end tunnels
  /// @param radsec the name in its certificate, when it speaks over TLS; null for UDP
  /// @param disconnect where it ends tunnels on our word; null when it can't
  public record Client(
      String name,
      List<IpPrefix> addresses,
      @Nullable Bytes secret,
      @Nullable String radsec,
      MessageAuthenticator messageAuthenticator,
      @Nullable At disconnect) {
    public Client {
      addresses = List.copyOf(addresses);
    }

    Optional<Configuration.Sealed> sealed() {
      return Optional.ofNullable(secret)
          .map(under -> new Configuration.Sealed("radius " + name, context(), under));
    }

    /// What its secret is sealed for: one that is moved to another client's place opens nothing.
    public String context() {
      return context(name);
    }

    public static String context(String name) {
      return "radius-client/" + name;
    }
  }

  /// Whether a client's requests must carry one, from the most refusing to the most allowing.
  public enum MessageAuthenticator {
    REQUIRED,
    EXEMPT
  }
}
