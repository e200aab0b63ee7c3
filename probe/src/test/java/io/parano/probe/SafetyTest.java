package io.parano.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Secret;
import io.parano.probe.Deployment.Account;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When probes refuse to run: each deployment differs from the safe one in one thing.
class SafetyTest {
  private static final String POLICY =
      """
      version: 1
      zones:
        office: [192.0.2.0/24]
      rules:
        - name: probe-web
          hosts: [probe.example.test]
          groups: [probes]
          zones: [office]
        - name: customers
          hosts: [customers.example.test]
          groups: [support]
          zones: [office]
      """;
  private static final Account OWN = new Account("probe-ada", Set.of("probes"), false, false);
  private static final Account SOMEBODY = new Account("alice", Set.of("support"), false, false);

  @Test
  void objections_ownAccountThatReachesNothing_none() {
    assertThat(objections("probe-ada", POLICY, OWN, SOMEBODY)).isEmpty();
  }

  @Test
  void objections_accountOfAnotherName_isRefused() {
    assertThat(objections("alice", POLICY, OWN, SOMEBODY))
        .extracting(Objection::kind)
        .containsExactly(Objection.Kind.NAME, Objection.Kind.GROUPS);
    assertThat(objections("probe-bob", POLICY, OWN, SOMEBODY))
        .containsExactly(Objection.of(Objection.Kind.UNKNOWN, "probe-bob"));
  }

  @Test
  void objections_accountInOtherGroupsOrOfficer_isRefused() {
    assertThat(
            objections(
                "probe-ada",
                POLICY,
                new Account("probe-ada", Set.of("probes", "support"), false, false)))
        .containsExactly(
            Objection.of(Objection.Kind.GROUPS, "probe-ada", "probes, support", "probes"));
    assertThat(
            objections(
                "probe-ada", POLICY, new Account("probe-ada", Set.of("probes"), true, false)))
        .containsExactly(Objection.of(Objection.Kind.OFFICER, "probe-ada"));
  }

  @Test
  void objections_somebodyElseInTheGroup_isRefused() {
    assertThat(
            objections(
                "probe-ada",
                POLICY,
                OWN,
                new Account("bob", Set.of("support", "probes"), false, false)))
        .containsExactly(Objection.of(Objection.Kind.STRANGER, "bob", "probes"));
  }

  @Test
  void objections_ruleOfAnotherNameThatGrants_isRefused() {
    String given = POLICY.replace("groups: [support]", "groups: [support, probes]");
    String toAnybody = POLICY.replace("    groups: [support]\n", "");
    String refusing =
        toAnybody.replace("- name: customers", "- name: customers\n    effect: refuse");

    for (String policy : List.of(given, toAnybody)) {
      assertThat(objections("probe-ada", policy, OWN))
          .containsExactly(Objection.of(Objection.Kind.RULE, "customers", "probes", "probe-"));
    }
    assertThat(objections("probe-ada", refusing, OWN)).isEmpty();
    assertThat(objections("probe-ada", "version: 7\n", OWN))
        .containsExactly(Objection.of(Objection.Kind.POLICY));
  }

  /// What is cut must not be what the other probes use, nor anybody else.
  @Test
  void objections_accountToBeCut_isOneMoreThatExistsForNothingElse() {
    Account eve = new Account("probe-eve", Set.of("probes"), false, false);
    assertThat(objections(account("probe-ada"), account("probe-eve"), POLICY, OWN, eve)).isEmpty();
    assertThat(objections(account("probe-ada"), account("probe-ada"), POLICY, OWN, eve))
        .containsExactly(Objection.of(Objection.Kind.TWICE, "probe-ada"));
    assertThat(objections(account("probe-ada"), account("alice"), POLICY, OWN, SOMEBODY))
        .extracting(Objection::kind)
        .containsExactly(Objection.Kind.NAME, Objection.Kind.GROUPS);
  }

  private static ProbeSetup.Account account(String name) {
    return new ProbeSetup.Account(name, Secret.ofText("p"), Secret.ofText("o"), Path.of("c"));
  }

  private static List<Objection> objections(String name, String policy, Account... staff) {
    return objections(account(name), null, policy, staff);
  }

  private static List<Objection> objections(
      ProbeSetup.Account own, ProbeSetup.@Nullable Account cut, String policy, Account... staff) {
    ProbeSetup setup =
        new ProbeSetup(
            "probe-",
            "probes",
            URI.create("https://auth.example.test"),
            null,
            InetAddress.ofLiteral("192.0.2.7"),
            InetAddress.ofLiteral("203.0.113.7"),
            own,
            null,
            null,
            null,
            null,
            cut == null ? null : new ProbeSetup.Lever(cut, null));
    return Safety.objections(setup, new Deployment(List.of(staff), policy));
  }
}
