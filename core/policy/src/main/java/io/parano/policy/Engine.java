package io.parano.policy;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.util.List;

/// A policy made ready to decide: hosts and paths indexed, zones as bits, answers prepared. It does
/// what a walk over all rules in order would do, in a time that hardly depends on how many there
/// are. ADR 0052 says why each part is as it is.
final class Engine {
  private static final long EVERY_ZONE = -1L;

  private final ZoneTable zones;
  private final long leased;
  private final HostIndex hosts;
  private final Verdicts[] verdicts;
  private final Decision[] groupMissing;
  private final Decision[] leaseMissing;
  private final Decision[] sourceNotAllowed;
  private final Decision[] sourceUnlisted;
  private final Decision noRule = new Decision.Refused(Reason.NO_RULE, null);

  Engine(List<Zone> zones, List<Rule> rules) {
    this.zones = ZoneTable.of(zones.stream().map(Zone::networks).toList());
    long wanted = 0;
    for (int i = 0; i < zones.size(); i++) {
      wanted |= zones.get(i).lease() == Zone.Lease.WANTED ? 1L << i : 0;
    }
    leased = wanted;
    hosts = HostIndex.of(rules, new Gates(rules, zones.stream().map(Zone::name).toList()));
    verdicts = rules.stream().map(Verdicts::new).toArray(Verdicts[]::new);
    groupMissing = refusals(rules, Reason.GROUP_MISSING);
    leaseMissing = refusals(rules, Reason.LEASE_MISSING);
    sourceNotAllowed = refusals(rules, Reason.SOURCE_NOT_ALLOWED);
    sourceUnlisted = refusals(rules, Reason.SOURCE_UNLISTED);
  }

  /// The zones that hold `address`, one bit each in the order of the document.
  long zonesAt(IpAddress address) {
    return zones.at(address);
  }

  /// The bits of the zones that want a lease.
  long leased() {
    return leased;
  }

  Decision decide(Question question) {
    long here = zones.at(question.source());
    Probe probe = probe(question, here);
    int rule = hosts.first(probe);
    return rule == Gates.NONE ? nearestMiss(probe, here) : verdicts[rule].to(question);
  }

  private Probe probe(Question question, long here) {
    long method = Methods.bit(question.method());
    return switch (question.asker()) {
      case Asker.Outsider _ ->
          new Probe(
              question.host(), question.path(), method, here & ~leased, null, Probe.Kinds.ALL);
      case Asker.Holder holder ->
          new Probe(
              question.host(),
              question.path(),
              method,
              holder.leased() ? here : here & ~leased,
              holder.groups(),
              Probe.Kinds.ALL);
    };
  }

  /// Why no rule matched: what stood nearest to allowing it. Demands are taken away one after
  /// another, and the first that lets a rule through is the reason.
  private Decision nearestMiss(Probe probe, long here) {
    int butForGroups = hosts.first(probe.allowingInAnyGroup(probe.zones()));
    if (butForGroups != Gates.NONE) {
      return groupMissing[butForGroups];
    }
    int butForLease = hosts.first(probe.allowingInAnyGroup(here));
    if (butForLease != Gates.NONE) {
      return leaseMissing[butForLease];
    }
    int butForZone = hosts.first(probe.allowingInAnyGroup(EVERY_ZONE));
    if (butForZone == Gates.NONE) {
      return noRule;
    }
    return here == 0 ? sourceUnlisted[butForZone] : sourceNotAllowed[butForZone];
  }

  private static Decision[] refusals(List<Rule> rules, Reason reason) {
    return rules.stream()
        .map(rule -> new Decision.Refused(reason, rule.name()))
        .toArray(Decision[]::new);
  }
}
