package io.parano.policy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A question in the form in which rules are compared with it: sets as bits.
///
/// @param zones the zones whose rules may match
/// @param groups null when any group will do
/// @param kinds whether rules that refuse are looked at too
record Probe(
    String host, String path, long method, long zones, @Nullable Set<String> groups, Kinds kinds) {

  enum Kinds {
    ALL,
    ALLOWING
  }

  /// The same question of rules that allow, by somebody in every group, in `zones`.
  Probe allowingInAnyGroup(long zones) {
    return new Probe(host, path, method, zones, null, Kinds.ALLOWING);
  }
}
