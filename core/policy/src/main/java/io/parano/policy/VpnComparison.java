package io.parano.policy;

import io.parano.policy.Difference.Change;
import io.parano.policy.Difference.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What changes in the `vpn` of a policy, rule by rule. Certain of little: where rules speak of the
/// same server the first that matches decides, so that one of them going or changing may give more.
final class VpnComparison {
  private final List<VpnRule> before;
  private final List<VpnRule> after;

  VpnComparison(List<VpnRule> before, List<VpnRule> after) {
    this.before = before;
    this.after = after;
  }

  List<Difference> differences() {
    List<Difference> found = new ArrayList<>();
    Map<String, VpnRule> then = byName(before);
    Map<String, VpnRule> now = byName(after);
    for (VpnRule rule : before) {
      if (!now.containsKey(rule.name())) {
        found.add(difference(Change.REMOVED, rule, alone(rule, Direction.NARROWS), rule.written()));
      }
    }
    for (VpnRule rule : after) {
      VpnRule old = then.get(rule.name());
      if (old == null) {
        found.add(difference(Change.ADDED, rule, alone(rule, Direction.WIDENS), rule.written()));
      } else if (!old.written().equals(rule.written())) {
        found.add(
            difference(Change.CHANGED, rule, Direction.UNTOLD, old.written(), rule.written()));
      }
    }
    moved(then, now).forEach(found::add);
    return found;
  }

  /// Rules of one server that stay, in another order among themselves.
  private List<Difference> moved(Map<String, VpnRule> then, Map<String, VpnRule> now) {
    List<Difference> found = new ArrayList<>();
    for (VpnRule rule : after) {
      VpnRule old = then.get(rule.name());
      if (old != null && !followers(before, old, now).equals(followers(after, rule, then))) {
        found.add(difference(Change.MOVED, rule, Direction.UNTOLD, rule.server()));
      }
    }
    return found;
  }

  private static List<String> followers(
      List<VpnRule> rules, VpnRule rule, Map<String, VpnRule> stay) {
    int at = rules.indexOf(rule);
    return rules.subList(at + 1, rules.size()).stream()
        .filter(other -> other.server().equals(rule.server()) && stay.containsKey(other.name()))
        .map(VpnRule::name)
        .sorted()
        .toList();
  }

  private Direction alone(VpnRule rule, Direction direction) {
    long others =
        List.of(before, after).stream()
            .flatMap(List::stream)
            .filter(
                other -> other.server().equals(rule.server()) && !other.name().equals(rule.name()))
            .count();
    return others == 0 ? direction : Direction.UNTOLD;
  }

  private static Difference difference(
      Change change, VpnRule rule, Direction direction, String... arguments) {
    List<String> all = new ArrayList<>(List.of(rule.name()));
    all.addAll(List.of(arguments));
    return new Difference(Subject.VPN, change, rule.name(), direction, all);
  }

  private static Map<String, VpnRule> byName(List<VpnRule> rules) {
    return rules.stream().collect(Collectors.toMap(VpnRule::name, Function.identity()));
  }
}
