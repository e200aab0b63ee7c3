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
/// @param demand what its requests must show
/// @param disconnect where it ends tunnels on our word (RFC 5176); null when it can't
public record RadiusClient(
    String name,
    List<IpPrefix> addresses,
    SharedSecret secret,
    Demand demand,
    @Nullable InetSocketAddress disconnect) {
  public RadiusClient {
    addresses = List.copyOf(addresses);
  }
}
