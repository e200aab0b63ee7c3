package io.parano.vpn;

import io.parano.kernel.IpPrefix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// @param socket where the helper listens
/// @param user the server's; nobody else is heard, root neither
/// @param name of the interface
/// @param networks that tunnel addresses come from
/// @param longest life that a peer may be given
/// @param way how the interface is spoken to
public record GatehouseConfig(
    Path socket, String user, String name, List<IpPrefix> networks, Duration longest, Way way) {
  /// What the kernel takes as an interface's name and nftables as a table's.
  public static final String NAME = "[a-z][a-z0-9_]{0,14}";

  public GatehouseConfig {
    networks = List.copyOf(networks);
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException("expected an interface's name, found \"" + name + "\"");
    }
  }

  /// How an interface is spoken to.
  public enum Way {
    /// `wg`, which speaks to the kernel's own.
    WG,
    /// The socket of the program that carries it.
    UAPI,
    /// Not at all: it is OpenVPN's, and has no peers that could be put there.
    OPENVPN
  }
}
