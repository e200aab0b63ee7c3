package io.parano.radius;

import io.parano.kernel.IpPrefix;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.SharedSecret;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A VPN server that may ask.
///
/// @param name as the policy names it
/// @param addresses from where it speaks
/// @param secret what is shared over UDP; null for one that is spoken to over TLS alone
/// @param demand what its requests must show
/// @param disconnect where it ends tunnels on our word (RFC 5176); null when it can't
/// @param certified the name in its certificate, in lower case, when it asks over TLS and so over
///   nothing else; null for one that asks over UDP
public record RadiusClient(
    String name,
    List<IpPrefix> addresses,
    @Nullable SharedSecret secret,
    Demand demand,
    @Nullable InetSocketAddress disconnect,
    @Nullable String certified) {
  public RadiusClient {
    addresses = List.copyOf(addresses);
    if (secret == null && (certified == null || disconnect != null)) {
      throw new IllegalArgumentException("nothing is said over UDP without a secret");
    }
  }

  /// One that asks over UDP.
  public RadiusClient(
      String name,
      List<IpPrefix> addresses,
      SharedSecret secret,
      Demand demand,
      @Nullable InetSocketAddress disconnect) {
    this(name, addresses, secret, demand, disconnect, null);
  }
}
