package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.web.WebConfig.Limits;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections there are, in all and from each source.
final class Crowd {
  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentHashMap<IpPrefix, Integer> bySource = new ConcurrentHashMap<>();
  private final int most;
  private final int mostPerSource;

  Crowd(Limits limits) {
    this.most = limits.connections();
    this.mostPerSource = limits.connectionsPerSource();
  }

  /// Counts the peer in, and says whether there was room; if not, it is not counted.
  boolean enter(Peer peer) {
    return enter(peer.address, peer.listed());
  }

  /// @param listed whether it may come as often as it likes
  boolean enter(IpAddress address, boolean listed) {
    if (all.incrementAndGet() > most) {
      all.decrementAndGet();
      return false;
    }
    if (!listed && bySource.merge(address.binding(), 1, Integer::sum) > mostPerSource) {
      leave(address, listed);
      return false;
    }
    return true;
  }

  void leave(Peer peer) {
    leave(peer.address, peer.listed());
  }

  void leave(IpAddress address, boolean listed) {
    all.decrementAndGet();
    if (!listed) {
      bySource.computeIfPresent(
          address.binding(), (source, count) -> count == 1 ? null : count - 1);
    }
  }
}
