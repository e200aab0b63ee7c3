package io.parano.policy;

import io.parano.document.Nearest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Finds what is weak in a policy that is well-formed.
final class Check {
  /// The whole of IPv4, as this module places it in the 128-bit space.
  private static final IpPrefix ALL_V4 = new IpPrefix(IpAddress.parse("0.0.0.0"), 96);

  /// The largest blocks that registries give are IPv4 /8 and IPv6 /16.
  private static final int WIDEST_V4 = 96 + 8;

  private static final int WIDEST_V6 = 16;

  private final List<Zone> zones;
  private final List<Rule> rules;
  private final List<SshRule> ssh;
  private final List<VpnRule> vpn;
  private final SessionLimits limits;
  private final List<Weakness> found = new ArrayList<>();

  Check(
      List<Zone> zones,
      List<Rule> rules,
      List<SshRule> ssh,
      List<VpnRule> vpn,
      SessionLimits limits) {
    this.zones = zones;
    this.rules = rules;
    this.ssh = ssh;
    this.vpn = vpn;
    this.limits = limits;
  }

  /// What the document alone shows, in its order.
  List<Weakness> weaknesses() {
    if (zones.stream().noneMatch(zone -> zone.lease() == Zone.Lease.UNWANTED)) {
      found.add(new Weakness(1, 1, WeaknessKind.NOBODY_SIGNS_IN, List.of()));
    }
    zones();
    overlaps();
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i));
      shadow(i);
    }
    ssh.forEach(this::ssh);
    limits();
    return inOrder();
  }

  /// Groups that rules name and nobody is in.
  List<Weakness> unknownGroups(Set<String> known) {
    for (Rule rule : rules) {
      groups(rule.name(), rule.groups(), known, rule.line(), rule.column());
    }
    for (SshRule rule : ssh) {
      groups(rule.name(), rule.groups(), known, rule.line(), rule.column());
    }
    for (VpnRule rule : vpn) {
      groups(rule.name(), rule.groups(), known, rule.line(), rule.column());
    }
    return inOrder();
  }

  private void groups(String rule, Set<String> groups, Set<String> known, int line, int column) {
    for (String group : groups) {
      if (!known.contains(group)) {
        String meant = Objects.requireNonNullElse(Nearest.to(group, known), "?");
        found.add(
            new Weakness(line, column, WeaknessKind.GROUP_UNKNOWN, List.of(rule, group, meant)));
      }
    }
  }

  private void ssh(SshRule rule) {
    if (rule.keys() == SshRule.Keys.ANY) {
      note(rule, WeaknessKind.SSH_KEYS_ANY, rule.name());
    }
    if (rule.token() == SshRule.Token.OTP_ALLOWED) {
      note(rule, WeaknessKind.SSH_OTP_ALLOWED, rule.name());
    }
    if (rule.connection().compareTo(limits.absolute()) > 0) {
      note(
          rule,
          WeaknessKind.SSH_OUTLASTS_SESSION,
          rule.name(),
          Durations.write(rule.connection()),
          Durations.write(limits.absolute()));
    }
  }

  private List<Weakness> inOrder() {
    found.sort(Comparator.comparingInt(Weakness::line).thenComparingInt(Weakness::column));
    return found;
  }

  private void zones() {
    Set<String> used = new HashSet<>();
    rules.forEach(rule -> used.addAll(rule.zones()));
    ssh.forEach(rule -> used.addAll(rule.zones()));
    vpn.forEach(rule -> used.addAll(rule.zones()));
    for (Zone zone : zones) {
      for (IpPrefix network : zone.networks()) {
        if (wide(network)) {
          note(zone, WeaknessKind.ZONE_WIDE, zone.name(), network.toString());
        }
      }
      if (!used.contains(zone.name())) {
        note(zone, WeaknessKind.ZONE_UNUSED, zone.name());
      }
    }
  }

  static boolean wide(IpPrefix network) {
    boolean reachesV4 = ALL_V4.contains(network.first()) || network.contains(ALL_V4.first());
    return network.bits() < (reachesV4 ? WIDEST_V4 : WIDEST_V6);
  }

  private void overlaps() {
    ZoneTable table = ZoneTable.of(zones.stream().map(Zone::networks).toList());
    for (int i = 0; i < zones.size(); i++) {
      for (int j = i + 1; j < zones.size(); j++) {
        IpAddress shared = table.somewhere((1L << i) | (1L << j), ZoneTable.Match.AMONG_OTHERS);
        if (shared != null) {
          Zone second = zones.get(j);
          String first = zones.get(i).name();
          note(second, WeaknessKind.ZONES_OVERLAP, first, second.name(), shared.toString());
        }
      }
    }
  }

  private void rule(Rule rule) {
    if (rule.levels() == Rule.Levels.SOURCE) {
      note(rule, WeaknessKind.LEVELS_SOURCE, rule.name(), String.join(", ", rule.zones()));
    }
    if (rule.token() == Rule.Token.OTP_ALLOWED) {
      note(rule, WeaknessKind.OTP_ALLOWED, rule.name());
    }
    Duration absolute = limits.absolute();
    Duration touch = rule.touch();
    if (touch != null && touch.compareTo(absolute) >= 0) {
      note(
          rule,
          WeaknessKind.TOUCH_POINTLESS,
          rule.name(),
          Durations.write(touch),
          Durations.write(absolute));
    }
    Duration upgrade = rule.upgrade();
    if (upgrade != null && upgrade.compareTo(absolute) > 0) {
      note(
          rule,
          WeaknessKind.UPGRADE_OUTLASTS_SESSION,
          rule.name(),
          Durations.write(upgrade),
          Durations.write(absolute));
    }
  }

  private void shadow(int index) {
    Rule rule = rules.get(index);
    for (int i = 0; i < index; i++) {
      if (Coverage.covers(rules.get(i), rule)) {
        String earlier = rules.get(i).name();
        note(rule, WeaknessKind.RULE_NEVER_REACHED, rule.name(), earlier);
        return;
      }
    }
  }

  private void limits() {
    if (limits.idle().compareTo(SessionLimits.DEFAULT.idle()) > 0) {
      found.add(
          new Weakness(1, 1, WeaknessKind.IDLE_LONG, List.of(Durations.write(limits.idle()))));
    }
    if (limits.absolute().compareTo(SessionLimits.DEFAULT.absolute()) > 0) {
      found.add(
          new Weakness(
              1, 1, WeaknessKind.ABSOLUTE_LONG, List.of(Durations.write(limits.absolute()))));
    }
  }

  private void note(Rule rule, WeaknessKind kind, String... arguments) {
    found.add(new Weakness(rule.line(), rule.column(), kind, List.of(arguments)));
  }

  private void note(SshRule rule, WeaknessKind kind, String... arguments) {
    found.add(new Weakness(rule.line(), rule.column(), kind, List.of(arguments)));
  }

  private void note(Zone zone, WeaknessKind kind, String... arguments) {
    found.add(new Weakness(zone.line(), zone.column(), kind, List.of(arguments)));
  }
}
