package io.parano.policy;

import io.parano.kernel.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All rules and zones of two policies together. A statement that holds against every rule of both,
/// wherever it stands, holds at each step on the way from one to the other: that is what makes the
/// directions of [Comparison] add up.
final class Context {
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, List<IpPrefix>> networks = new LinkedHashMap<>();
  private final Map<List<String>, Boolean> zonesMeet = new HashMap<>();

  Context(List<Zone> zones, List<Rule> rules) {
    this.rules.addAll(rules);
    for (Zone zone : zones) {
      networks.computeIfAbsent(zone.name(), _ -> new ArrayList<>()).addAll(zone.networks());
    }
  }

  /// What it does that requests come to `rule` which others decided before, or nobody.
  Direction entering(Rule rule) {
    return switch (rule.effect()) {
      case REFUSE -> Direction.NARROWS;
      case ALLOW -> strongest(rule) ? Direction.WIDENS : Direction.UNTOLD;
    };
  }

  /// What it does that requests leave `rule`, for others or nobody to decide.
  Direction leaving(Rule rule) {
    return switch (rule.effect()) {
      case REFUSE -> Direction.WIDENS;
      case ALLOW -> strongest(rule) ? Direction.NARROWS : Direction.UNTOLD;
    };
  }

  /// What it does that `second` now comes before `first`.
  Direction overtaking(Rule first, Rule second) {
    return meet(first, second) ? Strength.of(first, second) : Direction.NEITHER;
  }

  /// What it does to a zone that it gains addresses or loses some.
  Direction resized(String zone, Direction byItself) {
    if (networks.keySet().stream().noneMatch(other -> !other.equals(zone) && meet(zone, other))) {
      // Addresses that are in this zone alone: without it everything refuses them.
      return byItself;
    }
    return rules.stream()
        .filter(rule -> rule.zones().contains(zone))
        .map(rule -> byItself == Direction.WIDENS ? entering(rule) : leaving(rule))
        .reduce(byItself, Direction::and);
  }

  /// Whether no other rule could grant more where `rule` matches.
  private boolean strongest(Rule rule) {
    return rules.stream()
        .allMatch(other ->
            other.name().equals(rule.name()) || Strength.atMost(other, rule) || !meet(other, rule));
  }

  private boolean meet(Rule a, Rule b) {
    return Coverage.resourcesMeet(a, b)
        && a.zones().stream().anyMatch(one -> b.zones().stream().anyMatch(two -> meet(one, two)));
  }

  private boolean meet(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    return zonesMeet.computeIfAbsent(
        a.compareTo(b) < 0 ? List.of(a, b) : List.of(b, a),
        pair -> {
          List<IpPrefix> first = networks.getOrDefault(pair.getFirst(), List.of());
          List<IpPrefix> second = networks.getOrDefault(pair.getLast(), List.of());
          return ZoneTable.of(List.of(first, second)).somewhere(3, ZoneTable.Match.EXACTLY) != null;
        });
  }
}
