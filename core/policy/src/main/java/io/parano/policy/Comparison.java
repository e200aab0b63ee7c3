package io.parano.policy;

import io.parano.kernel.IpPrefix;
import io.parano.policy.Difference.Change;
import io.parano.policy.Difference.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What changes from one policy to another, line by line, each with what it does to access.
///
/// The lines are steps on a way from `before` to `after`: zones, then the order of the rules that
/// stay, then rules removed, changed (first what they match, then what they grant) and added. Each
/// direction holds for its step, so when every line narrows, the whole narrows; a seeded test holds
/// that against decisions.
final class Comparison {
  private static final String NONE = "—";
  private static final String ALL = "*";

  private final Map<String, Zone> zonesBefore = new LinkedHashMap<>();
  private final Map<String, Zone> zonesAfter = new LinkedHashMap<>();
  private final Map<String, Rule> rulesBefore = new LinkedHashMap<>();
  private final Map<String, Rule> rulesAfter = new LinkedHashMap<>();
  private final SessionLimits limitsBefore;
  private final SessionLimits limitsAfter;
  private final Context context;
  private final List<Difference> found = new ArrayList<>();

  Comparison(Policy.Content before, Policy.Content after) {
    before.zones().forEach(zone -> zonesBefore.put(zone.name(), zone));
    after.zones().forEach(zone -> zonesAfter.put(zone.name(), zone));
    before.rules().forEach(rule -> rulesBefore.put(rule.name(), rule));
    after.rules().forEach(rule -> rulesAfter.put(rule.name(), rule));
    limitsBefore = before.limits();
    limitsAfter = after.limits();
    List<Zone> zones = new ArrayList<>(before.zones());
    zones.addAll(after.zones());
    List<Rule> rules = new ArrayList<>(before.rules());
    rules.addAll(after.rules());
    context = new Context(zones, rules);
  }

  List<Difference> differences() {
    zonesBefore.forEach(this::zoneRemovedOrChanged);
    zonesAfter.forEach(this::zoneAdded);
    rulesBefore.forEach(this::ruleRemoved);
    moves();
    int place = 1;
    for (Rule rule : rulesAfter.values()) {
      ruleChangedOrAdded(rule, place++);
    }
    limit("idle", limitsBefore.idle(), limitsAfter.idle());
    limit("absolute", limitsBefore.absolute(), limitsAfter.absolute());
    return found;
  }

  private void zoneRemovedOrChanged(String name, Zone before) {
    Zone after = zonesAfter.get(name);
    if (after == null) {
      // Rules that named it have changed too, and say so themselves; here it is about signing in.
      note(Subject.ZONE, Change.REMOVED, name, Direction.NARROWS, name, before.written());
      return;
    }
    Direction direction = resized(before, after);
    Set<IpPrefix> then = new HashSet<>(before.networks());
    if (before.lease() != after.lease() || !then.equals(new HashSet<>(after.networks()))) {
      note(Subject.ZONE, Change.CHANGED, name, direction, name, before.written(), after.written());
    }
  }

  private Direction resized(Zone before, Zone after) {
    ZoneTable table = ZoneTable.of(List.of(before.networks(), after.networks()));
    Direction direction = Direction.NEITHER;
    int lease = after.lease().compareTo(before.lease());
    if (lease > 0 || table.somewhere(2, ZoneTable.Match.EXACTLY) != null) {
      direction = direction.and(context.resized(before.name(), Direction.WIDENS));
    }
    if (lease < 0 || table.somewhere(1, ZoneTable.Match.EXACTLY) != null) {
      direction = direction.and(context.resized(before.name(), Direction.NARROWS));
    }
    return direction;
  }

  private void zoneAdded(String name, Zone after) {
    if (!zonesBefore.containsKey(name)) {
      note(Subject.ZONE, Change.ADDED, name, Direction.WIDENS, name, after.written());
    }
  }

  private void ruleRemoved(String name, Rule before) {
    if (!rulesAfter.containsKey(name)) {
      Direction direction = context.leaving(before);
      note(Subject.RULE, Change.REMOVED, name, direction, name, before.written());
    }
  }

  private void ruleChangedOrAdded(Rule after, int place) {
    Rule before = rulesBefore.get(after.name());
    if (before == null) {
      note(
          Subject.RULE,
          Change.ADDED,
          after.name(),
          context.entering(after),
          after.name(),
          Integer.toString(place),
          after.written());
    } else {
      whatItMatches(before, after);
      whatItGrants(before, after);
    }
  }

  private void whatItMatches(Rule before, Rule after) {
    Rule both = before.andWhatMatches(after);
    Matching matching = new Matching(before.name(), both);
    matching.compare(
        "hosts",
        written(before.hosts()),
        written(after.hosts()),
        Coverage.hosts(before.hosts(), after.hosts()),
        Coverage.hosts(after.hosts(), before.hosts()));
    matching.compare(
        "paths",
        written(before.paths()),
        written(after.paths()),
        Coverage.paths(before.paths(), after.paths()),
        Coverage.paths(after.paths(), before.paths()));
    matching.compare("methods", before.methods(), after.methods());
    matching.compare("groups", before.groups(), after.groups());
    matching.compare("zones", before.zones(), after.zones());
  }

  /// What a rule matches in one respect, then and now.
  private final class Matching {
    private final String name;
    private final Rule both;

    /// @param both the rule with everything that it matches then or now
    Matching(String name, Rule both) {
      this.name = name;
      this.both = both;
    }

    void compare(String key, Set<String> then, Set<String> now) {
      compare(key, written(then), written(now), Coverage.all(then, now), Coverage.all(now, then));
    }

    void compare(
        String key, String then, String now, boolean thenCoversNow, boolean nowCoversThen) {
      Direction direction =
          (thenCoversNow ? Direction.NEITHER : context.entering(both))
              .and(nowCoversThen ? Direction.NEITHER : context.leaving(both));
      changed(name, key, then, now, direction);
    }
  }

  private void whatItGrants(Rule before, Rule after) {
    String name = before.name();
    changed(
        name,
        "levels",
        word(before.levels()),
        word(after.levels()),
        Direction.of(after.levels().compareTo(before.levels())));
    changed(
        name,
        "token",
        word(before.token()),
        word(after.token()),
        Direction.of(after.token().compareTo(before.token())));
    changed(
        name,
        "touch",
        written(before.touch()),
        written(after.touch()),
        Direction.of(Strength.touches(after.touch(), before.touch())));
    changed(
        name,
        "upgrade",
        written(before.upgrade()),
        written(after.upgrade()),
        Direction.of(Strength.upgrades(after.upgrade(), before.upgrade())));
    changed(
        name,
        "effect",
        word(before.effect()),
        word(after.effect()),
        Direction.of(after.effect().compareTo(before.effect())));
  }

  private void changed(String name, String key, String then, String now, Direction direction) {
    if (!then.equals(now)) {
      note(Subject.RULE, Change.CHANGED, name, direction, name, key, then, now);
    }
  }

  /// Rules that stay but in another order: the fewest that account for it.
  private void moves() {
    List<Rule> then = new ArrayList<>();
    Map<String, Integer> placeBefore = places(rulesBefore.keySet());
    Map<String, Integer> placeAfter = places(rulesAfter.keySet());
    rulesBefore.values().stream()
        .filter(rule -> rulesAfter.containsKey(rule.name()))
        .forEach(then::add);
    int[] now =
        then.stream()
            .mapToInt(rule -> Objects.requireNonNull(placeAfter.get(rule.name())))
            .toArray();
    boolean[] stays = longestRise(now);
    for (int i = 0; i < now.length; i++) {
      if (!stays[i]) {
        String name = then.get(i).name();
        note(
            Subject.RULE,
            Change.MOVED,
            name,
            moved(i, then, now),
            name,
            String.valueOf(placeBefore.get(name)),
            String.valueOf(placeAfter.get(name)));
      }
    }
  }

  private Direction moved(int mover, List<Rule> then, int[] now) {
    Direction direction = Direction.NEITHER;
    for (int i = 0; i < now.length; i++) {
      int first = Math.min(i, mover);
      int second = Math.max(i, mover);
      if (now[first] > now[second]) {
        direction = direction.and(context.overtaking(then.get(first), then.get(second)));
      }
    }
    return direction;
  }

  /// Which members belong to a longest rising subsequence. Quadratic, which 4,000 rules bear.
  private static boolean[] longestRise(int[] numbers) {
    int[] length = new int[numbers.length];
    int[] before = new int[numbers.length];
    int last = -1;
    for (int i = 0; i < numbers.length; i++) {
      before[i] = -1;
      length[i] = 1;
      for (int j = 0; j < i; j++) {
        if (numbers[j] < numbers[i] && length[j] >= length[i]) {
          length[i] = length[j] + 1;
          before[i] = j;
        }
      }
      last = last < 0 || length[i] > length[last] ? i : last;
    }
    boolean[] rises = new boolean[numbers.length];
    for (int i = last; i >= 0; i = before[i]) {
      rises[i] = true;
    }
    return rises;
  }

  private static Map<String, Integer> places(Collection<String> names) {
    Map<String, Integer> places = new LinkedHashMap<>();
    names.forEach(name -> places.put(name, places.size() + 1));
    return places;
  }

  private void limit(String key, Duration then, Duration now) {
    if (!then.equals(now)) {
      note(
          Subject.LIMITS,
          Change.CHANGED,
          key,
          Direction.of(now.compareTo(then)),
          key,
          Durations.write(then),
          Durations.write(now));
    }
  }

  private void note(
      Subject subject, Change change, String name, Direction direction, String... arguments) {
    found.add(new Difference(subject, change, name, direction, Arrays.asList(arguments)));
  }

  private static String written(List<?> patterns) {
    Set<String> sorted = new TreeSet<>();
    patterns.forEach(pattern -> sorted.add(pattern.toString()));
    return String.join(", ", sorted);
  }

  private static String written(Set<String> names) {
    return names.isEmpty() ? ALL : String.join(", ", names);
  }

  private static String written(@Nullable Duration duration) {
    return duration == null ? NONE : Durations.write(duration);
  }

  private static String word(Rule.Levels levels) {
    return switch (levels) {
      case THREE -> "three";
      case SOURCE -> "source";
    };
  }

  private static String word(Rule.Token token) {
    return switch (token) {
      case WEBAUTHN -> "webauthn";
      case OTP_ALLOWED -> "otp-allowed";
    };
  }

  private static String word(Rule.Effect effect) {
    return switch (effect) {
      case REFUSE -> "refuse";
      case ALLOW -> "allow";
    };
  }
}
