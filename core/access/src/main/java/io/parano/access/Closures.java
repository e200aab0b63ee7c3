package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/// What has been cut for all: networks, and everybody. An immutable snapshot, replaced whole.
///
/// @param epoch how often everybody has been cut
/// @param everybody whether nobody but officers, for their acts, comes in
public record Closures(Set<IpPrefix> networks, long epoch, boolean everybody) {
  static final Closures NONE = new Closures(Set.of(), 0, false);

  public Closures {
    networks = Set.copyOf(networks);
  }

  public boolean covers(IpAddress source) {
    if (networks.isEmpty()) {
      return false;
    }
    for (IpPrefix network : networks) {
      if (network.contains(source)) {
        return true;
      }
    }
    return false;
  }

  Closures cutting(IpPrefix network) {
    Set<IpPrefix> more = new TreeSet<>(Comparator.comparing(IpPrefix::toString));
    more.addAll(networks);
    more.add(network);
    return new Closures(more, epoch, everybody);
  }

  Closures reopening(IpPrefix network) {
    Set<IpPrefix> fewer = new TreeSet<>(Comparator.comparing(IpPrefix::toString));
    fewer.addAll(networks);
    fewer.remove(network);
    return new Closures(fewer, epoch, everybody);
  }

  Closures in(long epoch, boolean everybody) {
    return new Closures(networks, epoch, everybody);
  }
}
