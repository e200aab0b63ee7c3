package io.parano.policy;

import io.parano.policy.Difference.Change;
import io.parano.policy.Difference.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What changes in the `ssh` of a policy, rule by rule. Certain of little: where rules speak of the
/// same hosts the first that matches decides, so that one of them going or changing may give more.
final class SshComparison {
  private final List<SshRule> before;
  private final List<SshRule> after;

  SshComparison(List<SshRule> before, List<SshRule> after) {
    this.before = before;
    this.after = after;
  }

  List<Difference> differences() {
    List<Difference> found = new ArrayList<>();
    Map<String, SshRule> then = byName(before);
    Map<String, SshRule> now = byName(after);
    for (SshRule rule : before) {
      if (!now.containsKey(rule.name())) {
        found.add(difference(Change.REMOVED, rule, alone(rule, Direction.NARROWS), rule.written()));
      }
    }
    for (SshRule rule : after) {
      SshRule old = then.get(rule.name());
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

  /// Rules of one group of hosts that stay, in another order among themselves.
  private List<Difference> moved(Map<String, SshRule> then, Map<String, SshRule> now) {
    List<Difference> found = new ArrayList<>();
    for (SshRule rule : after) {
      SshRule old = then.get(rule.name());
      if (old != null && !followers(before, old, now).equals(followers(after, rule, then))) {
        found.add(difference(Change.MOVED, rule, Direction.UNTOLD, rule.hosts()));
      }
    }
    return found;
  }

  private static List<String> followers(
      List<SshRule> rules, SshRule rule, Map<String, SshRule> stay) {
    int at = rules.indexOf(rule);
    return rules.subList(at + 1, rules.size()).stream()
        .filter(other -> other.hosts().equals(rule.hosts()) && stay.containsKey(other.name()))
        .map(SshRule::name)
        .sorted()
        .toList();
  }

  private Direction alone(SshRule rule, Direction direction) {
    long others =
        List.of(before, after).stream()
            .flatMap(List::stream)
            .filter(
                other -> other.hosts().equals(rule.hosts()) && !other.name().equals(rule.name()))
            .count();
    return others == 0 ? direction : Direction.UNTOLD;
  }

  private static Difference difference(
      Change change, SshRule rule, Direction direction, String... arguments) {
    List<String> all = new ArrayList<>(List.of(rule.name()));
    all.addAll(List.of(arguments));
    return new Difference(Subject.SSH, change, rule.name(), direction, all);
  }

  private static Map<String, SshRule> byName(List<SshRule> rules) {
    return rules.stream().collect(Collectors.toMap(SshRule::name, Function.identity()));
  }
}
