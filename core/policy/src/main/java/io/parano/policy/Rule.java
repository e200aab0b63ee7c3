package io.parano.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One rule as read.
///
/// @param methods empty for all
/// @param groups any of which is enough; empty for anybody
/// @param token what shows the token
/// @param touch how young the last touch must be; null for the session's own
/// @param upgrade how long an upgraded connection may live; null where upgrades are refused
/// @param line where the document begins it; column likewise
record Rule(
    String name,
    Effect effect,
    List<HostPattern> hosts,
    List<PathPattern> paths,
    SortedSet<String> methods,
    SortedSet<String> groups,
    SortedSet<String> zones,
    Levels levels,
    Token token,
    @Nullable Duration touch,
    @Nullable Duration upgrade,
    int line,
    int column) {

  enum Effect {
    REFUSE,
    ALLOW
  }

  enum Levels {
    /// Source network, password and own token.
    THREE,
    /// The source network alone.
    SOURCE
  }

  enum Token {
    /// A touch alone.
    WEBAUTHN,
    /// A one-time password will do as well.
    OTP_ALLOWED
  }

  /// This rule as it grants, matching all that it or `other` matches in each respect.
  Rule andWhatMatches(Rule other) {
    List<HostPattern> allHosts = new ArrayList<>(hosts);
    allHosts.addAll(other.hosts);
    List<PathPattern> allPaths = new ArrayList<>(paths);
    allPaths.addAll(other.paths);
    SortedSet<String> allZones = new TreeSet<>(zones);
    allZones.addAll(other.zones);
    return new Rule(
        name,
        effect,
        allHosts,
        allPaths,
        unlessAny(methods, other.methods),
        unlessAny(groups, other.groups),
        allZones,
        levels,
        token,
        touch,
        upgrade,
        line,
        column);
  }

  /// Both together, where an empty set means any.
  private static SortedSet<String> unlessAny(SortedSet<String> a, SortedSet<String> b) {
    SortedSet<String> both = new TreeSet<>();
    if (!a.isEmpty() && !b.isEmpty()) {
      both.addAll(a);
      both.addAll(b);
    }
    return both;
  }

  /// Everything but the name, as a document would write it in one line.
  String written() {
    List<String> parts = new ArrayList<>();
    if (effect == Effect.REFUSE) {
      parts.add("effect: refuse");
    }
    parts.add("hosts: " + hosts);
    parts.add("paths: " + paths);
    if (!methods.isEmpty()) {
      parts.add("methods: " + methods);
    }
    if (!groups.isEmpty()) {
      parts.add("groups: " + groups);
    }
    parts.add("zones: " + zones);
    if (levels == Levels.SOURCE) {
      parts.add("levels: source");
    }
    if (token == Token.OTP_ALLOWED) {
      parts.add("token: otp-allowed");
    }
    if (touch != null) {
      parts.add("touch: " + Durations.write(touch));
    }
    if (upgrade != null) {
      parts.add("upgrade: " + Durations.write(upgrade));
    }
    return String.join(", ", parts);
  }
}
