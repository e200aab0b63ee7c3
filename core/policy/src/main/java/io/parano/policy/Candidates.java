package io.parano.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules that speak of one resource, in order. Those that name groups are found by group, since
/// a thousand rules may differ in nothing else; a rule that names several is found under each.
final class Candidates {
  static final Candidates NONE = new Candidates(new int[0], new int[0], Map.of());

  private final int[] all;
  private final int[] forAnybody;
  private final Map<String, int[]> byGroup;

  private Candidates(int[] all, int[] forAnybody, Map<String, int[]> byGroup) {
    this.all = all;
    this.forAnybody = forAnybody;
    this.byGroup = byGroup;
  }

  /// @param numbers which of `rules`, ascending
  static Candidates of(Collection<Integer> numbers, List<Rule> rules) {
    if (numbers.isEmpty()) {
      return NONE;
    }
    List<Integer> forAnybody = new ArrayList<>();
    Map<String, List<Integer>> drafts = new HashMap<>();
    for (int number : numbers) {
      Set<String> groups = rules.get(number).groups();
      if (groups.isEmpty()) {
        forAnybody.add(number);
      }
      groups.forEach(group -> drafts.computeIfAbsent(group, _ -> new ArrayList<>()).add(number));
    }
    Map<String, int[]> byGroup = new HashMap<>();
    drafts.forEach((group, found) -> byGroup.put(group, array(found)));
    return new Candidates(array(numbers), array(forAnybody), byGroup);
  }

  /// The first that matches and comes before `best`; else `best`.
  int first(Gates gates, Probe probe, int best) {
    Set<String> groups = probe.groups();
    if (groups == null) {
      return gates.first(all, probe, best);
    }
    int found = gates.first(forAnybody, probe, best);
    // Somebody may be in hundreds of groups, and rules may name hundreds: walk the fewer.
    if (groups.size() <= byGroup.size()) {
      for (String group : groups) {
        int[] rules = byGroup.get(group);
        found = rules == null ? found : gates.first(rules, probe, found);
      }
    } else {
      for (Map.Entry<String, int[]> entry : byGroup.entrySet()) {
        if (groups.contains(entry.getKey())) {
          found = gates.first(entry.getValue(), probe, found);
        }
      }
    }
    return found;
  }

  private static int[] array(Collection<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
