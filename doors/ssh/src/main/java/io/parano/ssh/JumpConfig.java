package io.parano.ssh;

import io.parano.kernel.IpAddress;
import java.time.Duration;
import java.util.List;

/// Where the jump host is, and how much of it anybody may use.
///
/// @param host the address it listens on
/// @param names under which people know it, for its certificate
/// @param from where hosts see it come from, at most one address of each family; certificates for
///   hosts behind it are good from there alone
public record JumpConfig(
    String host, int port, List<String> names, List<IpAddress> from, Limits limits) {
  public JumpConfig {
    names = List.copyOf(names);
    from = List.copyOf(from);
  }

  /// @param connections at once, in all
  /// @param connectionsPerSource at once, from one address or IPv6 /64
  /// @param login how long a connection may take until somebody is logged in
  /// @param connect how long a host may take to answer
  /// @param passages how many hosts one connection may have open at once
  public record Limits(
      int connections, int connectionsPerSource, Duration login, Duration connect, int passages) {
    /// An office behind one address has dozens of connections; OpenSSH waits two minutes for a
    /// login, which is long for whoever holds places on purpose.
    public static Limits usual() {
      return new Limits(2_000, 64, Duration.ofSeconds(60), Duration.ofSeconds(10), 32);
    }
  }
}
