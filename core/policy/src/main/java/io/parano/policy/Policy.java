package io.parano.policy;

import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A policy that was read without a mistake, ready to decide. Immutable; safe to share between
/// threads. The semantics are in `docs/policy.md`.
public final class Policy {
  /// The policy before there is one: no zone, no rule, so nothing passes.
  public static final Policy SILENT =
      new Policy(
          "version: 1\nzones: {}\nrules: []\n",
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          SessionLimits.DEFAULT);

  private final String document;
  private final Digest digest;
  private final List<Zone> zones;
  private final List<Rule> rules;
  private final SshRules ssh;
  private final VpnRules vpn;
  private final SessionLimits limits;
  private final Engine engine;

  Policy(
      String document,
      List<Zone> zones,
      List<Rule> rules,
      List<SshRule> ssh,
      List<VpnRule> vpn,
      SessionLimits limits) {
    this.document = document;
    this.digest = Digest.of(document.getBytes(StandardCharsets.UTF_8));
    this.zones = List.copyOf(zones);
    this.rules = List.copyOf(rules);
    this.ssh = new SshRules(ssh);
    this.vpn = new VpnRules(vpn);
    this.limits = limits;
    this.engine = new Engine(this.zones, this.rules);
  }

  /// Reads a YAML document. Everything wrong with it is found at once.
  public static PolicyReading read(String document) {
    return DocumentReader.read(document);
  }

  /// What changes from `before` to `after`, for the officers who are asked to agree to it. Empty
  /// when the two decide alike and differ at most in layout and comments.
  public static List<Difference> difference(Policy before, Policy after) {
    List<Difference> all =
        new ArrayList<>(new Comparison(before.content(), after.content()).differences());
    all.addAll(NamedRulesComparison.ofSsh(before.sshRules(), after.sshRules()));
    all.addAll(NamedRulesComparison.ofVpn(before.vpnRules(), after.vpnRules()));
    return List.copyOf(all);
  }

  /// A commented document to start from.
  public static String sample() {
    return resource("policy.sample.yaml");
  }

  /// The JSON Schema of documents, for editors. It sees less than [#read] does.
  public static String schema() {
    return resource("policy.schema.json");
  }

  /// May pass or not, and why. Runs in well under a microsecond and never blocks.
  public Decision decide(Question question) {
    return engine.decide(question);
  }

  /// The same decision with every rule that was considered. Takes a time that grows with the rules:
  /// not for every request.
  public Explanation explain(Question question) {
    Set<String> here = zonesOf(question.source());
    Set<String> leased = names(engine.leased());
    return new Explanation(
        decide(question), here, new Explaining(rules, here, leased, question).considered());
  }

  /// Whether somebody in `groups`, at `source`, may have an SSH certificate for a group of hosts.
  ///
  /// @param lease whether a live lease ties the address to that person
  public SshDecision decideSsh(String hosts, Set<String> groups, IpAddress source, boolean lease) {
    long at = engine.zonesAt(source);
    Set<String> here = names(lease ? at : at & ~engine.leased());
    Set<String> leased = names(lease ? 0 : at & engine.leased());
    return ssh.decide(hosts, groups, here, leased);
  }

  /// Whether somebody in `groups`, whose device is at `source`, may have a tunnel to `server`.
  public VpnDecision decideVpn(String server, Set<String> groups, IpAddress source) {
    return decideVpn(server, groups, source, VpnRule.Device.ANY);
  }

  /// The same for a tunnel that their enrolled device opens by its own key.
  public VpnDecision decideDevice(String server, Set<String> groups, IpAddress source) {
    return decideVpn(server, groups, source, VpnRule.Device.ENROLLED);
  }

  private VpnDecision decideVpn(
      String server, Set<String> groups, IpAddress source, VpnRule.Device shown) {
    long at = engine.zonesAt(source);
    return vpn.decide(server, groups, names(at & ~engine.leased()), shown);
  }

  /// Whether some rule for that VPN server wants a touch.
  public boolean asksForTouch(String server) {
    return vpn.rules().stream()
        .anyMatch(rule -> rule.server().equals(server) && rule.token() == VpnRule.Token.TOUCH);
  }

  /// What it says of the VPN, in the order of the document.
  public List<VpnRule> vpnRules() {
    return vpn.rules();
  }

  /// What it says of SSH, in the order of the document.
  public List<SshRule> sshRules() {
    return ssh.rules();
  }

  /// The document as it was read.
  public String document() {
    return document;
  }

  /// SHA-256 of the document in UTF-8: the policy's identity.
  public Digest digest() {
    return digest;
  }

  public SessionLimits sessionLimits() {
    return limits;
  }

  /// The zones that hold `address`, whether they count for anybody or for the holder of a lease.
  public Set<String> zonesOf(IpAddress address) {
    return names(engine.zonesAt(address));
  }

  /// The names of its zones, in the order of the document.
  public List<String> zoneNames() {
    return zones.stream().map(Zone::name).toList();
  }

  /// The networks of the zone of that name; none where there is no such zone.
  public List<IpPrefix> networksOf(String zone) {
    return zones.stream()
        .filter(one -> one.name().equals(zone))
        .flatMap(one -> one.networks().stream())
        .toList();
  }

  /// The names of all rules that grant anything to somebody who is in `groups` and no other.
  public Set<String> grantingTo(Set<String> groups) {
    Set<String> granting = new TreeSet<>();
    rules.stream()
        .filter(rule -> rule.effect() == Rule.Effect.ALLOW)
        .filter(rule -> rule.groups().isEmpty() || !Collections.disjoint(rule.groups(), groups))
        .map(Rule::name)
        .forEach(granting::add);
    ssh.rules().stream()
        .filter(rule -> !Collections.disjoint(rule.groups(), groups))
        .map(SshRule::name)
        .forEach(granting::add);
    vpn.rules().stream()
        .filter(rule -> !Collections.disjoint(rule.groups(), groups))
        .map(VpnRule::name)
        .forEach(granting::add);
    return Collections.unmodifiableSet(granting);
  }

  /// Whether one may sign in from `address`.
  public SourceStanding standing(IpAddress address) {
    long here = engine.zonesAt(address);
    if (here == 0) {
      return new SourceStanding.Unlisted();
    }
    long forAnybody = here & ~engine.leased();
    return forAnybody == 0
        ? new SourceStanding.OnlyLeased(names(here))
        : new SourceStanding.Listed(names(forAnybody));
  }

  /// Whether `address` counts for the holder of a live lease alone.
  public boolean wantsLease(IpAddress address) {
    long here = engine.zonesAt(address);
    return here != 0 && (here & ~engine.leased()) == 0;
  }

  /// Whether a one-time password could open what is asked for, to somebody in the right groups:
  /// then it is worth offering one.
  ///
  /// @param lease whether a live lease is on the address
  public boolean otpCouldOpen(String host, String path, IpAddress source, boolean lease) {
    return otpRules(source, lease)
        .anyMatch(rule ->
            rule.hosts().stream().anyMatch(one -> one.matches(host))
                && rule.paths().stream().anyMatch(one -> one.matches(path)));
  }

  /// Whether a one-time password from `source` could open anything.
  public boolean otpCouldOpen(IpAddress source, boolean lease) {
    return otpRules(source, lease).findAny().isPresent();
  }

  private Stream<Rule> otpRules(IpAddress source, boolean lease) {
    long at = engine.zonesAt(source);
    Set<String> here = names(lease ? at : at & ~engine.leased());
    return rules.stream()
        .filter(rule -> rule.token() == Rule.Token.OTP_ALLOWED)
        .filter(rule -> rule.zones().stream().anyMatch(here::contains));
  }

  /// What is weak in it, in the order of the document.
  public List<Weakness> weaknesses() {
    return List.copyOf(new Check(zones, rules, ssh.rules(), vpn.rules(), limits).weaknesses());
  }

  /// The same, and groups that rules name although they are not among `knownGroups`.
  public List<Weakness> weaknesses(Set<String> knownGroups) {
    List<Weakness> all = new ArrayList<>(weaknesses());
    all.addAll(
        new Check(zones, rules, ssh.rules(), vpn.rules(), limits).unknownGroups(knownGroups));
    all.sort(Comparator.comparingInt(Weakness::line).thenComparingInt(Weakness::column));
    return List.copyOf(all);
  }

  private Content content() {
    return new Content(zones, rules, limits);
  }

  /// What a document says, without its layout.
  record Content(List<Zone> zones, List<Rule> rules, SessionLimits limits) {}

  private static String resource(String name) {
    try (InputStream in = Policy.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> names(long bits) {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < zones.size(); i++) {
      if (((bits >>> i) & 1) != 0) {
        names.add(zones.get(i).name());
      }
    }
    return Collections.unmodifiableSet(names);
  }
}
