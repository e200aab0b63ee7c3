package io.parano.web;

import io.parano.kernel.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The other end of one connection: its address, and which proxies it can be.
final class Peer {
  final IpAddress address;

  /// The proxy that connecting alone has proved: by the Unix socket, or by a client certificate.
  final @Nullable Believed proven;

  /// The proxies whose address it has and whose secret it has yet to show.
  final List<Believed> unproven;

  /// When the connection was made or the last request began, in milliseconds of the sweep's clock.
  long since;

  /// When the body that is still arriving began to; 0 for none.
  long readingSince;

  /// Whether a request has come at all.
  boolean spoke;

  Peer(IpAddress address, @Nullable Believed proven, List<Believed> unproven, long now) {
    this.address = address;
    this.proven = proven;
    this.unproven = List.copyOf(unproven);
    this.since = now;
  }

  /// Whether it connects as listed proxies do.
  boolean listed() {
    return proven != null || !unproven.isEmpty();
  }

  /// The proxy that knows this secret; null for none. Every candidate is compared, so that time
  /// doesn't tell which one came near.
  @Nullable Believed holderOf(String secret) {
    Believed holder = null;
    for (Believed candidate : unproven) {
      if (candidate.knows(secret)) {
        holder = candidate;
      }
    }
    return holder;
  }
}
