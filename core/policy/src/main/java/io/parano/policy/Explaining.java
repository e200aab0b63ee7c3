package io.parano.policy;

import io.parano.policy.Considered.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Walks the rules one by one as their author reads them, and notes why each did or did not match.
/// Slow and plain on purpose: the decision itself comes from the engine, and the tests hold the two
/// against each other.
final class Explaining {
  private final List<Rule> rules;
  private final Set<String> here;
  private final Set<String> counting;
  private final Question question;

  /// @param here the zones that hold the source
  /// @param leased those of them that want a lease
  Explaining(List<Rule> rules, Set<String> here, Set<String> leased, Question question) {
    this.rules = rules;
    this.here = here;
    this.question = question;
    counting = new HashSet<>(here);
    boolean lease =
        switch (question.asker()) {
          case Asker.Outsider _ -> false;
          case Asker.Holder holder -> holder.leased();
        };
    if (!lease) {
      counting.removeAll(leased);
    }
  }

  List<Considered> considered() {
    List<Considered> considered = new ArrayList<>();
    for (Rule rule : rules) {
      Considered one = consider(rule);
      considered.add(one);
      if (one.outcome() == Outcome.DECIDES) {
        break;
      }
    }
    return considered;
  }

  private Considered consider(Rule rule) {
    if (rule.hosts().stream().noneMatch(host -> host.matches(question.host()))) {
      return found(rule, Outcome.HOST_DIFFERS, rule.hosts());
    }
    if (rule.paths().stream().noneMatch(path -> path.matches(question.path()))) {
      return found(rule, Outcome.PATH_DIFFERS, rule.paths());
    }
    if (!rule.methods().isEmpty() && !rule.methods().contains(question.method())) {
      return found(rule, Outcome.METHOD_DIFFERS, rule.methods());
    }
    if (rule.zones().stream().noneMatch(counting::contains)) {
      boolean forWantOfLease = rule.zones().stream().anyMatch(here::contains);
      return found(
          rule, forWantOfLease ? Outcome.LEASE_MISSING : Outcome.SOURCE_ELSEWHERE, rule.zones());
    }
    if (lacksGroup(rule)) {
      return found(rule, Outcome.GROUP_MISSING, rule.groups());
    }
    return found(rule, Outcome.DECIDES, List.of());
  }

  private boolean lacksGroup(Rule rule) {
    return switch (question.asker()) {
      case Asker.Outsider _ -> false;
      case Asker.Holder holder ->
          !rule.groups().isEmpty() && rule.groups().stream().noneMatch(holder.groups()::contains);
    };
  }

  private static Considered found(Rule rule, Outcome outcome, Collection<?> wanted) {
    return new Considered(
        rule.name(), rule.line(), outcome, wanted.stream().map(Object::toString).toList());
  }
}
