package io.parano.policy;

import java.util.List;
import java.util.Set;

/// All that a rule demands besides its resource, one machine word each, in arrays that are walked
/// in rule order.
///
/// Groups have no fixed number, so a group stands for the bit that its hash falls on (a Bloom
/// filter with one hash, doi:10.1145/362686.362692): no common bit proves that no group is common;
/// a common bit is checked by name.
final class Gates {
  static final int NONE = Integer.MAX_VALUE;

  /// The bit that everybody has and that rules without groups ask for.
  private static final long ANYBODY = 1L << 63;

  static final long ANY_GROUP = -1L;

  private final long[] zones;
  private final long[] methods;
  private final long[] groupBits;
  private final String[][] groups;
  private final boolean[] allows;

  /// @param zoneNames the zones in the order of their bits
  Gates(List<Rule> rules, List<String> zoneNames) {
    zones = new long[rules.size()];
    methods = new long[rules.size()];
    groupBits = new long[rules.size()];
    groups = new String[rules.size()][];
    allows = new boolean[rules.size()];
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      for (String zone : rule.zones()) {
        zones[i] |= 1L << zoneNames.indexOf(zone);
      }
      methods[i] = Methods.bits(rule.methods());
      groups[i] = rule.groups().toArray(String[]::new);
      groupBits[i] = groups[i].length == 0 ? ANYBODY : bits(rule.groups()) & ~ANYBODY;
      allows[i] = rule.effect() == Rule.Effect.ALLOW;
    }
  }

  /// The bits of somebody who is in `groups`.
  static long bits(Set<String> groups) {
    long bits = ANYBODY;
    for (String group : groups) {
      int spread = group.hashCode() * 0x9E3779B9;
      bits |= 1L << ((spread >>> 16) % 63);
    }
    return bits;
  }

  /// The first of `candidates` (ascending, all of which speak of the resource) that matches and
  /// comes before `best`; else `best`.
  int first(int[] candidates, Probe probe, int best) {
    for (int rule : candidates) {
      if (rule >= best) {
        return best;
      }
      if ((zones[rule] & probe.zones()) != 0
          && (methods[rule] & probe.method()) != 0
          && (groupBits[rule] & probe.groupBits()) != 0
          && (allows[rule] || probe.kinds() == Probe.Kinds.ALL)
          && shareGroup(groups[rule], probe)) {
        return rule;
      }
    }
    return best;
  }

  private static boolean shareGroup(String[] wanted, Probe probe) {
    Set<String> had = probe.groups();
    if (had == null || wanted.length == 0) {
      return true;
    }
    for (String group : wanted) {
      if (had.contains(group)) {
        return true;
      }
    }
    return false;
  }
}
