package io.parano.policy;

import java.util.List;

/// What a rule demands besides its resource and groups, one machine word each, in arrays that are
/// walked in rule order.
final class Gates {
  static final int NONE = Integer.MAX_VALUE;

  private final long[] zones;
  private final long[] methods;
  private final boolean[] allows;

  /// @param zoneNames the zones in the order of their bits
  Gates(List<Rule> rules, List<String> zoneNames) {
    zones = new long[rules.size()];
    methods = new long[rules.size()];
    allows = new boolean[rules.size()];
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      for (String zone : rule.zones()) {
        zones[i] |= 1L << zoneNames.indexOf(zone);
      }
      methods[i] = Methods.bits(rule.methods());
      allows[i] = rule.effect() == Rule.Effect.ALLOW;
    }
  }

  /// The first of `candidates` (ascending, right in resource and group) that matches and comes
  /// before `best`; else `best`.
  int first(int[] candidates, Probe probe, int best) {
    for (int rule : candidates) {
      if (rule >= best) {
        return best;
      }
      if ((zones[rule] & probe.zones()) != 0
          && (methods[rule] & probe.method()) != 0
          && (allows[rule] || probe.kinds() == Probe.Kinds.ALL)) {
        return rule;
      }
    }
    return best;
  }
}
