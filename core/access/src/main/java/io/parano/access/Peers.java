package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.time.Instant;

/// What carries WireGuard tunnels. Throws [Peers.Unavailable] when it cannot.
///
/// A peer's lease is among the live ones before it is put here, and is none any more before it is
/// removed: what carries the tunnels asks which leases are live, and ends what has none.
public interface Peers {
  /// @param publicKey 32 bytes
  /// @param address of the tunnel, this peer's alone
  record Peer(Bytes publicKey, IpAddress address, Instant until) {}

  /// Lets the peer through until its end. A peer that is there already begins anew.
  ///
  /// @param presharedKey 32 bytes
  void put(Peer peer, Secret presharedKey);

  /// Ends the peer's tunnel. That there is none is not an error.
  void remove(Bytes publicKey);

  /// Whether a tunnel stands is not known; one without renewal closes by itself within five
  /// seconds.
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
