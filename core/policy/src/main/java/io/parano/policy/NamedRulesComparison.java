package io.parano.policy;

import io.parano.policy.Difference.Change;
import io.parano.policy.Difference.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What changes in the `ssh` or the `vpn` of a policy, rule by rule. Certain of little: where rules
/// speak of the same target the first that matches decides, so that one of them going or changing
/// may give more.
final class NamedRulesComparison<R> {
  private final Subject subject;
  private final Facets<R> facets;
  private final List<R> before;
  private final List<R> after;

  private NamedRulesComparison(Subject subject, Facets<R> facets, List<R> before, List<R> after) {
    this.subject = subject;
    this.facets = facets;
    this.before = before;
    this.after = after;
  }

  /// What is looked at of a rule.
  ///
  /// @param target the group of hosts, or the server, that it speaks of
  /// @param written everything but its name
  private record Facets<R>(
      Function<R, String> name, Function<R, String> target, Function<R, String> written) {}

  static List<Difference> ofSsh(List<SshRule> before, List<SshRule> after) {
    Facets<SshRule> facets = new Facets<>(SshRule::name, SshRule::hosts, SshRule::written);
    return new NamedRulesComparison<>(Subject.SSH, facets, before, after).differences();
  }

  static List<Difference> ofVpn(List<VpnRule> before, List<VpnRule> after) {
    Facets<VpnRule> facets = new Facets<>(VpnRule::name, VpnRule::server, VpnRule::written);
    return new NamedRulesComparison<>(Subject.VPN, facets, before, after).differences();
  }

  private String name(R rule) {
    return facets.name().apply(rule);
  }

  private String target(R rule) {
    return facets.target().apply(rule);
  }

  private String written(R rule) {
    return facets.written().apply(rule);
  }

  private List<Difference> differences() {
    List<Difference> found = new ArrayList<>();
    Map<String, R> then = byName(before);
    Map<String, R> now = byName(after);
    for (R rule : before) {
      if (!now.containsKey(name(rule))) {
        found.add(difference(Change.REMOVED, rule, alone(rule, Direction.NARROWS), written(rule)));
      }
    }
    for (R rule : after) {
      R old = then.get(name(rule));
      if (old == null) {
        found.add(difference(Change.ADDED, rule, alone(rule, Direction.WIDENS), written(rule)));
      } else if (!written(old).equals(written(rule))) {
        found.add(difference(Change.CHANGED, rule, Direction.UNTOLD, written(old), written(rule)));
      }
    }
    moved(then, now).forEach(found::add);
    return found;
  }

  /// Rules of one target that stay, in another order among themselves.
  private List<Difference> moved(Map<String, R> then, Map<String, R> now) {
    List<Difference> found = new ArrayList<>();
    for (R rule : after) {
      R old = then.get(name(rule));
      if (old != null && !followers(before, old, now).equals(followers(after, rule, then))) {
        found.add(difference(Change.MOVED, rule, Direction.UNTOLD, target(rule)));
      }
    }
    return found;
  }

  private List<String> followers(List<R> rules, R rule, Map<String, R> stay) {
    int at = rules.indexOf(rule);
    return rules.subList(at + 1, rules.size()).stream()
        .filter(other -> target(other).equals(target(rule)) && stay.containsKey(name(other)))
        .map(this::name)
        .sorted()
        .toList();
  }

  private Direction alone(R rule, Direction direction) {
    long others =
        List.of(before, after).stream()
            .flatMap(List::stream)
            .filter(other -> target(other).equals(target(rule)) && !name(other).equals(name(rule)))
            .count();
    return others == 0 ? direction : Direction.UNTOLD;
  }

  private Difference difference(Change change, R rule, Direction direction, String... arguments) {
    List<String> all = new ArrayList<>(List.of(name(rule)));
    all.addAll(List.of(arguments));
    return new Difference(subject, change, name(rule), direction, all);
  }

  private Map<String, R> byName(List<R> rules) {
    return rules.stream().collect(Collectors.toMap(this::name, Function.identity()));
  }
}
