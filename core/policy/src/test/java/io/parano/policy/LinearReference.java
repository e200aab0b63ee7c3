package io.parano.policy;

import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.policy.RandomPolicy.Spec;
import io.parano.policy.RandomPolicy.SpecRule;
import io.parano.policy.RandomPolicy.SpecZone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The semantics of `docs/policy.md` in the most naive way, sharing no code with the engine: the
/// rules are walked in order, texts are compared as texts.
final class LinearReference {
  private final Spec spec;

  LinearReference(Spec spec) {
    this.spec = spec;
  }

  Decision decide(Question q) {
    for (SpecRule rule : spec.rules()) {
      if (speaksOf(rule, q) && inZone(rule, q) && inGroup(rule, q)) {
        return answer(rule, q);
      }
    }
    return nearestMiss(q);
  }

  private Decision answer(SpecRule rule, Question q) {
    boolean outsider = q.asker() instanceof Asker.Outsider;
    if (rule.refuses()) {
      return outsider && !rule.groups().isEmpty()
          ? new Decision.SignInNeeded(rule.name())
          : new Decision.Refused(Reason.RULE_REFUSES, rule.name());
    }
    if (outsider && !rule.sourceAlone()) {
      return new Decision.SignInNeeded(rule.name());
    }
    if (q.upgrade() && rule.upgrade() == null) {
      return new Decision.Refused(Reason.UPGRADE_REFUSED, rule.name());
    }
    if (q.asker() instanceof Asker.Holder holder
        && holder.factor() == Factor.OTP
        && !rule.sourceAlone()
        && !rule.otpAllowed()) {
      return new Decision.Refused(Reason.TOUCH_MISSING, rule.name());
    }
    if (q.asker() instanceof Asker.Holder holder && rule.touch() != null) {
      Duration freshness = length(rule.touch());
      Instant touched = holder.touchedAt();
      if (touched.isAfter(q.now()) || !touched.plus(freshness).isAfter(q.now())) {
        return new Decision.TouchNeeded(rule.name(), freshness);
      }
    }
    return new Decision.Allowed(
        rule.name(), q.upgrade() && rule.upgrade() != null ? length(rule.upgrade()) : null);
  }

  private Decision nearestMiss(Question q) {
    List<SpecRule> allowing =
        spec.rules().stream().filter(rule -> !rule.refuses() && speaksOf(rule, q)).toList();
    for (SpecRule rule : allowing) {
      if (inZone(rule, q)) {
        return new Decision.Refused(Reason.GROUP_MISSING, rule.name());
      }
    }
    for (SpecRule rule : allowing) {
      if (zones(rule).stream().anyMatch(zone -> zone.holds(q.source()))) {
        return new Decision.Refused(Reason.LEASE_MISSING, rule.name());
      }
    }
    for (SpecRule rule : allowing) {
      boolean somewhere = spec.zones().stream().anyMatch(zone -> zone.holds(q.source()));
      return new Decision.Refused(
          somewhere ? Reason.SOURCE_NOT_ALLOWED : Reason.SOURCE_UNLISTED, rule.name());
    }
    return new Decision.Refused(Reason.NO_RULE, null);
  }

  private static boolean speaksOf(SpecRule rule, Question q) {
    return rule.hosts().stream().anyMatch(host -> hostMatches(host, q.host()))
        && rule.paths().stream().anyMatch(path -> pathMatches(path, q.path()))
        && (rule.methods().isEmpty() || rule.methods().contains(q.method()));
  }

  private static boolean hostMatches(String pattern, String host) {
    if (!pattern.startsWith("*.")) {
      return host.equals(pattern);
    }
    String tail = pattern.substring(1);
    return host.endsWith(tail) && host.length() > tail.length();
  }

  private static boolean pathMatches(String pattern, String path) {
    if (!pattern.endsWith("/*")) {
      return path.equals(pattern);
    }
    String folder = pattern.substring(0, pattern.length() - 1);
    return (path + "/").startsWith(folder) && path.startsWith("/");
  }

  private boolean inZone(SpecRule rule, Question q) {
    boolean lease = q.asker() instanceof Asker.Holder holder && holder.leased();
    IpAddress source = q.source();
    return zones(rule).stream().anyMatch(zone -> zone.holds(source) && (lease || !zone.leased()));
  }

  private static boolean inGroup(SpecRule rule, Question q) {
    return switch (q.asker()) {
      case Asker.Outsider _ -> true;
      case Asker.Holder holder ->
          rule.groups().isEmpty() || rule.groups().stream().anyMatch(holder.groups()::contains);
    };
  }

  private List<SpecZone> zones(SpecRule rule) {
    return spec.zones().stream().filter(zone -> rule.zones().contains(zone.name())).toList();
  }

  private static Duration length(String written) {
    long count = Long.parseLong(written.substring(0, written.length() - 1));
    return written.endsWith("h") ? Duration.ofHours(count) : Duration.ofMinutes(count);
  }
}
