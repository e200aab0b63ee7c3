package io.parano.policy;

import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Seeded policies and questions over a small world, so that rules collide often: nested and
/// overlapping networks, hosts below hosts, paths beside paths.
final class RandomPolicy {
  private static final List<String> HOSTS =
      List.of(
          "a.example",
          "b.example",
          "x.a.example",
          "example",
          "*.example",
          "*.a.example",
          "*.x.a.example",
          "*.e");
  private static final List<String> ASKED_HOSTS =
      List.of(
          "a.example",
          "b.example",
          "x.a.example",
          "y.x.a.example",
          "z.y.x.a.example",
          "example",
          "aexample",
          "xa.example",
          ".example",
          "e",
          "q.e",
          "",
          "a.example.org");
  private static final List<String> PATHS =
      List.of("/", "/*", "/a", "/a/", "/a/*", "/a/b", "/a/b/*", "/ab", "/b/*", "/a/b/c/d/*");
  private static final List<String> ASKED_PATHS =
      List.of(
          "/",
          "/a",
          "/a/",
          "/a/b",
          "/a/b/",
          "/a/bc",
          "/ab",
          "/b",
          "/b/x",
          "/a/b/c/d",
          "/a/b/c",
          "/a/b/c/d/e/f/g/h/i/j",
          "/c",
          "",
          "*",
          "a/b");
  private static final List<String> METHODS = List.of("GET", "POST", "DELETE", "SEARCH");
  private static final List<String> ASKED_METHODS =
      List.of("GET", "POST", "DELETE", "SEARCH", "PUT", "BREW");
  private static final List<String> NETWORKS =
      List.of(
          "10.0.0.0/8",
          "10.1.0.0/16",
          "10.1.1.0/24",
          "10.1.1.7",
          "192.0.2.0/24",
          "0.0.0.0/0",
          "2001:db8::/32",
          "2001:db8:1::/48",
          "2001:db8:1::1",
          "::/0",
          "255.255.255.255",
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
  private static final List<String> ADDRESSES =
      List.of(
          "10.0.0.1",
          "10.1.0.0",
          "10.1.1.7",
          "::ffff:10.1.1.8",
          "11.0.0.0",
          "9.255.255.255",
          "192.0.2.255",
          "192.0.3.0",
          "2001:db8::1",
          "2001:db8:1::1",
          "2001:db8:1:8000::",
          "2001:db9::",
          "::",
          "255.255.255.255",
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
  private static final List<String> DURATIONS = List.of("5m", "15m", "2h");
  static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

  private final Random random;

  /// What a document says, kept beside the document, so that an oracle need not read it.
  record Spec(List<SpecZone> zones, List<SpecRule> rules, String idle, String absolute) {
    String document() {
      StringBuilder out = new StringBuilder("version: 1\nzones:\n");
      for (SpecZone zone : zones) {
        out.append("  ").append(zone.name).append(": { networks: ").append(quoted(zone.networks));
        out.append(", leased: ").append(zone.leased).append(" }\n");
      }
      out.append(rules.isEmpty() ? "rules: []\n" : "rules:\n");
      for (SpecRule rule : rules) {
        out.append("  - { name: ").append(rule.name);
        out.append(", hosts: ").append(quoted(rule.hosts));
        out.append(", paths: ").append(quoted(rule.paths));
        out.append(rule.methods.isEmpty() ? "" : ", methods: " + rule.methods);
        out.append(rule.groups.isEmpty() ? "" : ", groups: " + rule.groups);
        out.append(", zones: ").append(rule.zones);
        out.append(rule.sourceAlone ? ", levels: source" : "");
        out.append(rule.otpAllowed ? ", token: otp-allowed" : "");
        out.append(rule.touch == null ? "" : ", touch: " + rule.touch);
        out.append(rule.upgrade == null ? "" : ", upgrade: " + rule.upgrade);
        out.append(rule.refuses ? ", effect: refuse" : "").append(" }\n");
      }
      out.append("sessions: { idle: ").append(idle).append(", absolute: ").append(absolute);
      return out.append(" }\n").toString();
    }

    private static String quoted(List<String> texts) {
      return "[\"" + String.join("\", \"", texts) + "\"]";
    }
  }

  record SpecZone(String name, List<String> networks, boolean leased) {
    boolean holds(IpAddress address) {
      return networks.stream().anyMatch(network -> IpPrefix.parse(network).contains(address));
    }
  }

  record SpecRule(
      String name,
      List<String> hosts,
      List<String> paths,
      List<String> methods,
      List<String> groups,
      List<String> zones,
      boolean sourceAlone,
      boolean otpAllowed,
      @Nullable String touch,
      @Nullable String upgrade,
      boolean refuses) {}

  RandomPolicy(long seed) {
    random = new Random(seed);
  }

  Spec spec() {
    List<SpecZone> zones = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      zones.add(zone("z" + i));
    }
    List<SpecRule> rules = new ArrayList<>();
    int groups = random.nextBoolean() ? 4 : 200;
    for (int i = 0; i < random.nextInt(9); i++) {
      rules.add(rule("r" + i, zones, groups));
    }
    return new Spec(zones, rules, oneOf(DURATIONS), "1d");
  }

  SpecZone zone(String name) {
    return new SpecZone(name, some(NETWORKS, 3), random.nextInt(4) == 0);
  }

  SpecRule rule(String name, List<SpecZone> zones, int groupsInWorld) {
    boolean refuses = random.nextInt(4) == 0;
    boolean sourceAlone = !refuses && random.nextInt(5) == 0;
    List<String> groups = new ArrayList<>();
    if (!sourceAlone && random.nextBoolean()) {
      Set<String> distinct = new HashSet<>();
      for (int i = 0; i < 1 + random.nextInt(2); i++) {
        distinct.add("g" + random.nextInt(groupsInWorld));
      }
      groups.addAll(distinct);
    }
    boolean otpAllowed = !refuses && !sourceAlone && random.nextInt(3) == 0;
    boolean asksTouch = !refuses && !sourceAlone && !otpAllowed && random.nextInt(3) == 0;
    return new SpecRule(
        name,
        some(HOSTS, 2),
        random.nextInt(3) == 0 ? List.of("/*") : some(PATHS, 3),
        random.nextBoolean() ? List.of() : some(METHODS, 2),
        groups,
        some(zones.stream().map(SpecZone::name).toList(), 2),
        sourceAlone,
        otpAllowed,
        asksTouch ? oneOf(DURATIONS) : null,
        !refuses && random.nextInt(3) == 0 ? oneOf(DURATIONS) : null,
        refuses);
  }

  /// The same policy but for one edit.
  Spec edited(Spec spec) {
    List<SpecZone> zones = new ArrayList<>(spec.zones);
    List<SpecRule> rules = new ArrayList<>(spec.rules);
    switch (random.nextInt(rules.isEmpty() ? 3 : 7)) {
      case 0 -> {
        int at = random.nextInt(zones.size());
        zones.set(at, zoneEdited(zones.get(at)));
      }
      case 1 -> rules.add(random.nextInt(rules.size() + 1), rule("n" + rules.size(), zones, 4));
      case 2 -> {
        return new Spec(zones, rules, oneOf(DURATIONS), spec.absolute);
      }
      case 3 -> rules.remove(random.nextInt(rules.size()));
      case 4 -> {
        SpecRule moved = rules.remove(random.nextInt(rules.size()));
        rules.add(random.nextInt(rules.size() + 1), moved);
      }
      default -> {
        int at = random.nextInt(rules.size());
        rules.set(at, ruleEdited(rules.get(at), zones));
      }
    }
    return new Spec(zones, rules, spec.idle, spec.absolute);
  }

  private SpecZone zoneEdited(SpecZone zone) {
    if (random.nextInt(3) == 0) {
      return new SpecZone(zone.name, zone.networks, !zone.leased);
    }
    return new SpecZone(zone.name, listEdited(zone.networks, NETWORKS), zone.leased);
  }

  private SpecRule ruleEdited(SpecRule rule, List<SpecZone> zones) {
    SpecRule other = rule(rule.name, zones, 4);
    List<String> zoneNames = zones.stream().map(SpecZone::name).toList();
    int which = random.nextInt(8);
    boolean grants = which == 7;
    return new SpecRule(
        rule.name,
        which == 0 ? listEdited(rule.hosts, HOSTS) : rule.hosts,
        which == 1 ? listEdited(rule.paths, PATHS) : rule.paths,
        which == 2 ? other.methods : rule.methods,
        grants || (which == 3 && !rule.sourceAlone) ? other.groups : rule.groups,
        which == 4 ? listEdited(rule.zones, zoneNames) : rule.zones,
        grants ? other.sourceAlone : rule.sourceAlone,
        grants ? other.otpAllowed : rule.otpAllowed,
        grants
                || (which == 5
                    && !rule.sourceAlone
                    && !rule.otpAllowed
                    && !rule.refuses
                    && !other.refuses)
            ? other.touch
            : rule.touch,
        grants || (which == 6 && !rule.refuses && !other.refuses) ? other.upgrade : rule.upgrade,
        grants ? other.refuses : rule.refuses);
  }

  private List<String> listEdited(List<String> list, List<String> world) {
    Set<String> edited = new LinkedHashSet<>(list);
    if (edited.size() > 1 && random.nextBoolean()) {
      edited.remove(oneOf(list));
    } else {
      edited.add(oneOf(world));
    }
    return List.copyOf(edited);
  }

  Question question() {
    Set<String> groups = new HashSet<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      groups.add("g" + random.nextInt(random.nextBoolean() ? 4 : 200));
    }
    Instant touched = NOW.minus(Duration.ofMinutes(random.nextInt(200) - 5));
    Asker asker =
        random.nextInt(3) == 0
            ? new Asker.Outsider()
            : new Asker.Holder(
                groups,
                random.nextInt(3) == 0 ? Factor.OTP : Factor.TOUCH,
                touched,
                random.nextBoolean());
    return new Question(
        oneOf(ASKED_HOSTS),
        oneOf(ASKED_PATHS),
        oneOf(ASKED_METHODS),
        random.nextInt(4) == 0,
        IpAddress.parse(oneOf(ADDRESSES)),
        asker,
        NOW);
  }

  private List<String> some(List<String> world, int most) {
    Set<String> some = new LinkedHashSet<>();
    for (int i = 0; i < 1 + random.nextInt(most); i++) {
      some.add(oneOf(world));
    }
    return List.copyOf(some);
  }

  private String oneOf(List<String> world) {
    return world.get(random.nextInt(world.size()));
  }
}
