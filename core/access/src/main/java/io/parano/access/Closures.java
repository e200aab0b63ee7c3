package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What has been cut for all: networks, zones, and everybody. An immutable snapshot, replaced
/// whole.
///
/// @param zones the networks of each zone that is cut: those that any policy has given it since
/// @param epoch how often everybody has been cut
/// @param everybody whether nobody but officers, for their acts, comes in
public record Closures(
    Set<IpPrefix> networks, Map<String, Set<IpPrefix>> zones, long epoch, boolean everybody) {
  static final Closures NONE = new Closures(Set.of(), Map.of(), 0, false);

  public Closures {
    networks = Set.copyOf(networks);
    zones = Map.copyOf(zones);
  }

  public boolean covers(IpAddress source) {
    if (networks.isEmpty() && zones.isEmpty()) {
      return false;
    }
    return covers(networks, source)
        || zones.values().stream().anyMatch(zone -> covers(zone, source));
  }

  private static boolean covers(Set<IpPrefix> networks, IpAddress source) {
    for (IpPrefix network : networks) {
      if (network.contains(source)) {
        return true;
      }
    }
    return false;
  }

  Closures cutting(IpPrefix network) {
    Set<IpPrefix> more = inOrder(networks);
    more.add(network);
    return new Closures(more, zones, epoch, everybody);
  }

  Closures reopening(IpPrefix network) {
    Set<IpPrefix> fewer = inOrder(networks);
    fewer.remove(network);
    return new Closures(fewer, zones, epoch, everybody);
  }

  Closures cutting(String zone, Set<IpPrefix> of) {
    Map<String, Set<IpPrefix>> more = new TreeMap<>(zones);
    more.put(zone, Set.copyOf(of));
    return new Closures(networks, more, epoch, everybody);
  }

  Closures reopening(String zone) {
    Map<String, Set<IpPrefix>> fewer = new TreeMap<>(zones);
    fewer.remove(zone);
    return new Closures(networks, fewer, epoch, everybody);
  }

  Closures in(long epoch, boolean everybody) {
    return new Closures(networks, zones, epoch, everybody);
  }

  static Set<IpPrefix> inOrder(Set<IpPrefix> networks) {
    Set<IpPrefix> sorted = new TreeSet<>(Comparator.comparing(IpPrefix::toString));
    sorted.addAll(networks);
    return sorted;
  }
}
