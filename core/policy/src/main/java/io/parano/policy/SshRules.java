package io.parano.policy;

import io.parano.kernel.Reason;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// The `ssh` of a policy, ready to decide: the first rule that matches. A certificate is asked for
/// a few times a day, so that this walks.
final class SshRules {
  private final List<SshRule> rules;

  SshRules(List<SshRule> rules) {
    this.rules = List.copyOf(rules);
  }

  List<SshRule> rules() {
    return rules;
  }

  /// @param here the zones that count at the source, leased ones only for the holder of a lease
  /// @param leased the zones at the source that count for nobody without a lease
  SshDecision decide(
      String hosts, Collection<String> groups, Set<String> here, Set<String> leased) {
    SshDecision nearest = new SshDecision.Refused(Reason.NO_RULE, null);
    int distance = Integer.MAX_VALUE;
    for (SshRule rule : rules) {
      if (!rule.hosts().equals(hosts)) {
        continue;
      }
      boolean from = !Collections.disjoint(rule.zones(), here);
      boolean among = !Collections.disjoint(rule.groups(), groups);
      if (from && among) {
        return new SshDecision.Allowed(rule);
      }
      Reason reason = reason(rule, from, here, leased);
      int away = from ? 0 : reason == Reason.LEASE_MISSING ? 1 : 2;
      if (away < distance) {
        distance = away;
        nearest = new SshDecision.Refused(reason, rule.name());
      }
    }
    return nearest;
  }

  private static Reason reason(SshRule rule, boolean from, Set<String> here, Set<String> leased) {
    if (from) {
      return Reason.GROUP_MISSING;
    }
    if (!Collections.disjoint(rule.zones(), leased)) {
      return Reason.LEASE_MISSING;
    }
    return here.isEmpty() && leased.isEmpty() ? Reason.SOURCE_UNLISTED : Reason.SOURCE_NOT_ALLOWED;
  }
}
