package io.parano.policy;

import io.parano.kernel.Reason;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// The `vpn` of a policy, ready to decide: the first rule that matches.
final class VpnRules {
  private final List<VpnRule> rules;

  VpnRules(List<VpnRule> rules) {
    this.rules = List.copyOf(rules);
  }

  List<VpnRule> rules() {
    return rules;
  }

  /// @param here the zones that count at the source for anybody
  /// @param shown the most that opens the tunnel: an enrolled device, or anything
  VpnDecision decide(
      String server, Collection<String> groups, Set<String> here, VpnRule.Device shown) {
    VpnDecision nearest = new VpnDecision.Refused(Reason.NO_RULE, null);
    boolean near = false;
    for (VpnRule rule : rules) {
      if (!rule.server().equals(server)) {
        continue;
      }
      boolean place = rule.zones().isEmpty() || !Collections.disjoint(rule.zones(), here);
      boolean device = shown.compareTo(rule.device()) <= 0;
      boolean from = place && device;
      if (from && !Collections.disjoint(rule.groups(), groups)) {
        return new VpnDecision.Allowed(rule);
      }
      if (!near) {
        nearest = new VpnDecision.Refused(reason(from, place, here), rule.name());
        near = from;
      }
    }
    return nearest;
  }

  private static Reason reason(boolean from, boolean place, Set<String> here) {
    if (from) {
      return Reason.GROUP_MISSING;
    }
    if (place) {
      return Reason.DEVICE_MISSING;
    }
    return here.isEmpty() ? Reason.SOURCE_UNLISTED : Reason.SOURCE_NOT_ALLOWED;
  }
}
