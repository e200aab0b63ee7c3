package io.parano.policy;

import java.util.List;
import java.util.Set;

/// How the sets of requests that two rules match lie to each other.
final class Coverage {
  private Coverage() {}

  /// Whether everything that `inner` matches, `outer` certainly matches: true only when certain.
  static boolean covers(Rule outer, Rule inner) {
    return resources(outer, inner)
        && outer.zones().containsAll(inner.zones())
        && groups(outer, inner);
  }

  /// Whether `outer` covers every host, path and method of `inner`.
  static boolean resources(Rule outer, Rule inner) {
    return hosts(outer.hosts(), inner.hosts())
        && paths(outer.paths(), inner.paths())
        && all(outer.methods(), inner.methods());
  }

  /// Whether whoever satisfies the groups of `inner` satisfies those of `outer`.
  static boolean groups(Rule outer, Rule inner) {
    return all(outer.groups(), inner.groups());
  }

  static boolean hosts(List<HostPattern> outer, List<HostPattern> inner) {
    return inner.stream().allMatch(one -> outer.stream().anyMatch(other -> other.covers(one)));
  }

  static boolean paths(List<PathPattern> outer, List<PathPattern> inner) {
    return inner.stream().allMatch(one -> outer.stream().anyMatch(other -> other.covers(one)));
  }

  /// Whether `outer` has all of `inner`, where an empty set means everything.
  static boolean all(Set<String> outer, Set<String> inner) {
    return outer.isEmpty() || (!inner.isEmpty() && outer.containsAll(inner));
  }

  /// Whether some request may be spoken of by both: false only when certain. Groups keep nothing
  /// apart, since one person may be in any of them.
  static boolean resourcesMeet(Rule a, Rule b) {
    return a.hosts().stream().anyMatch(one -> b.hosts().stream().anyMatch(one::meets))
        && a.paths().stream().anyMatch(one -> b.paths().stream().anyMatch(one::meets))
        && (Methods.bits(a.methods()) & Methods.bits(b.methods())) != 0;
  }
}
