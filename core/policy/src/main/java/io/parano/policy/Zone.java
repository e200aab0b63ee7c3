package io.parano.policy;

import io.parano.kernel.IpPrefix;
import java.util.List;
import java.util.stream.Collectors;

/// Networks under one name.
///
/// @param line where the document names it; column likewise
record Zone(String name, List<IpPrefix> networks, Lease lease, int line, int column) {
  Zone {
    networks = List.copyOf(networks);
  }

  /// For whom an address of the zone counts as source.
  enum Lease {
    /// Only for the person whose live lease the address is.
    WANTED,
    /// For anybody.
    UNWANTED
  }

  /// The networks as the document would write them.
  String written() {
    return networks.stream().map(IpPrefix::toString).collect(Collectors.joining(", ", "[", "]"))
        + (lease == Lease.WANTED ? ", leased: true" : "");
  }
}
