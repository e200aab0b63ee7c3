package io.parano.probe;

import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Whether a deployment may be probed with the accounts that the set-up names: they must exist for
/// nothing else, and must reach nothing but what exists for that.
final class Safety {
  private Safety() {}

  /// Why not; empty when it may.
  static List<Objection> objections(ProbeSetup setup, Deployment deployment) {
    List<Objection> objections = new ArrayList<>();
    for (ProbeSetup.Account used : setup.accounts()) {
      used(used.name(), setup, deployment, objections);
    }
    List<String> names = setup.accounts().stream().map(ProbeSetup.Account::name).toList();
    new TreeSet<>(names)
        .stream()
            .filter(name -> Collections.frequency(names, name) > 1)
            .forEach(name -> objections.add(Objection.of(Objection.Kind.TWICE, name)));
    deployment.staff().stream()
        .filter(account -> account.groups().contains(setup.group()))
        .filter(account -> !account.name().startsWith(setup.prefix()))
        .forEach(account ->
            objections.add(Objection.of(Objection.Kind.STRANGER, account.name(), setup.group())));
    switch (Policy.read(deployment.policy())) {
      case PolicyReading.Mistaken mistaken -> objections.add(Objection.of(Objection.Kind.POLICY));
      case PolicyReading.Read read -> rules(read.policy(), setup, objections);
    }
    return objections;
  }

  private static void used(
      String name, ProbeSetup setup, Deployment deployment, List<Objection> objections) {
    if (!name.startsWith(setup.prefix())) {
      objections.add(Objection.of(Objection.Kind.NAME, name, setup.prefix()));
    }
    deployment.staff().stream()
        .filter(account -> account.name().equals(name))
        .findFirst()
        .ifPresentOrElse(
            account -> account(account, setup, objections),
            () -> objections.add(Objection.of(Objection.Kind.UNKNOWN, name)));
  }

  private static void account(
      Deployment.Account account, ProbeSetup setup, List<Objection> objections) {
    if (account.officer()) {
      objections.add(Objection.of(Objection.Kind.OFFICER, account.name()));
    }
    if (!account.groups().equals(Set.of(setup.group()))) {
      objections.add(
          Objection.of(
              Objection.Kind.GROUPS,
              account.name(),
              String.join(", ", new TreeSet<>(account.groups())),
              setup.group()));
    }
  }

  /// Nothing precious: whatever grants anything to the group says by its name that it is for
  /// probes.
  private static void rules(Policy policy, ProbeSetup setup, List<Objection> objections) {
    policy.grantingTo(Set.of(setup.group())).stream()
        .filter(rule -> !rule.startsWith(setup.prefix()))
        .forEach(rule ->
            objections.add(Objection.of(Objection.Kind.RULE, rule, setup.group(), setup.prefix())));
  }
}
