package io.parano.vpn;

import io.parano.access.Peers;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The far ends of an OpenVPN server's tunnels, as root's helper keeps them open in the packet
/// filter: for four seconds at a time, so that a Parano that is dead or stopped closes them.
final class OpenAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAddresses.class);

  private final GatehouseLine helper;
  private final InstantSource clock;
  private final Map<Bytes, Peers.Peer> open = new ConcurrentHashMap<>();
  private volatile boolean silent;

  OpenAddresses(GatehouseLine helper, InstantSource clock) {
    this.helper = helper;
    this.clock = clock;
  }

  /// A server that has just begun has no tunnel: what the helper still knows, of before it or of
  /// before us, would only keep its addresses from others.
  void begin() {
    open.clear();
    try {
      List<Bytes> before = helper.list().stream().map(Standing::publicKey).toList();
      if (!before.isEmpty()) {
        helper.remove(before);
      }
    } catch (Peers.Unavailable e) {
      LOG.warn("addresses of before may be taken until their time is over: {}", e.getMessage());
    }
  }

  /// Throws [Peers.Unavailable] when the helper can't or won't, or the tunnel is over already:
  /// nothing passes then.
  void open(SessionId tunnel, IpAddress address, Instant until) {
    Peers.Peer peer = new Peers.Peer(key(tunnel), address, until);
    open.put(peer.publicKey(), peer);
    try {
      put(peer);
    } catch (Peers.Unavailable e) {
      // It may have done so all the same, and only said it too late.
      shut(List.of(tunnel));
      throw e;
    }
    if (!open.containsKey(peer.publicKey())) {
      remove(List.of(peer.publicKey()));
      throw new Peers.Unavailable("it was over before it began");
    }
  }

  /// Over by what it is not renewed any more, should the helper not hear it.
  void shut(Collection<SessionId> tunnels) {
    List<Bytes> keys =
        tunnels.stream().map(OpenAddresses::key).filter(key -> open.remove(key) != null).toList();
    if (!keys.isEmpty()) {
      remove(keys);
    }
  }

  private void remove(List<Bytes> keys) {
    try {
      helper.remove(keys);
    } catch (Peers.Unavailable e) {
      LOG.warn("{} addresses close within five seconds: {}", keys.size(), e.getMessage());
    }
  }

  /// A helper that began anew knows nobody.
  void renew() {
    Instant now = clock.instant();
    List<Standing> standing =
        open.values().stream()
            .map(peer -> standing(peer, now))
            .filter(peer -> !peer.life().isZero())
            .toList();
    Peers.Unavailable failed = null;
    try {
      if (!standing.isEmpty()) {
        for (Standing missing : helper.renew(now, standing)) {
          Peers.Unavailable refused = putAgain(missing.publicKey());
          failed = refused == null ? failed : refused;
        }
      }
    } catch (Peers.Unavailable e) {
      failed = e;
    }
    if (failed != null && !silent) {
      LOG.warn("tunnels close within five seconds: {}", failed.getMessage());
    }
    silent = failed != null;
  }

  /// Why it does not stand now; null when it does, or is to no more.
  private Peers.@Nullable Unavailable putAgain(Bytes key) {
    Peers.Peer peer = open.get(key);
    if (peer == null) {
      return null;
    }
    try {
      put(peer);
    } catch (Peers.Unavailable e) {
      return e;
    }
    if (!open.containsKey(key)) {
      remove(List.of(key));
    }
    return null;
  }

  private void put(Peers.Peer peer) {
    Instant now = clock.instant();
    // The helper's order has a place for one; such an interface has none.
    try (Secret none = Secret.of(peer.publicKey().copy())) {
      helper.put(now, standing(peer, now), none);
    }
  }

  private static Standing standing(Peers.Peer peer, Instant now) {
    Duration left = Duration.between(now, peer.until());
    return new Standing(
        peer.publicKey(), peer.address(), Duration.ofSeconds(Math.max(0, left.toSeconds())));
  }

  private static Bytes key(SessionId tunnel) {
    return Bytes.of(Digest.of(tunnel.toString().getBytes(StandardCharsets.UTF_8)).bytes());
  }
}
