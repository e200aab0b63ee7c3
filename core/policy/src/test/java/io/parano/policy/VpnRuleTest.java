package io.parano.policy;

import static io.parano.policy.Reading.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.parano.document.Flaw;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.policy.MistakesTest.Wrong;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The `vpn` of a policy.
class VpnRuleTest {
  private static final String FRAME =
      """
      version: 1
      zones:
        office: [192.0.2.0/24]
        homes: [198.51.100.0/24]
        lab: [10.9.0.0/16]
        vpn: { networks: [10.8.0.0/16], leased: true }
        anywhere: [0.0.0.0/1, 128.0.0.0/1]
      rules: []
      vpn:
        - name: staff
          server: vpn-1
          groups: [operators]
          zones: [office, homes]
      """;
  private static final IpAddress HOME = IpAddress.parse("198.51.100.7");
  private static final Set<String> OPERATORS = Set.of("operators");

  private static String rule(String lines) {
    return FRAME + lines.indent(4);
  }

  static List<Wrong> wrong() {
    return List.of(
        Wrong.of(FRAME.substring(0, FRAME.indexOf("vpn:\n")) + "vpn: ⟦{}\n", Flaw.LIST_EXPECTED),
        new Wrong(rule("⟦grops: [a]"), Flaw.KEY_UNKNOWN, "groups"),
        Wrong.of(FRAME.replace("server: vpn-1", "server: ⟦Vpn"), MistakeKind.NAME_MALFORMED),
        Wrong.of(
            FRAME.replace("    groups: [operators]\n", "").replace("- name", "- ⟦name"),
            Flaw.KEY_MISSING),
        new Wrong(FRAME.replace("[office,", "[⟦offcie,"), MistakeKind.ZONE_UNKNOWN, "office"),
        Wrong.of(FRAME.replace("[office,", "[⟦vpn,"), MistakeKind.ZONE_LEASED),
        Wrong.of(FRAME.replace("[office,", "[⟦anywhere,"), MistakeKind.VPN_FROM_EVERYWHERE),
        new Wrong(rule("device: ⟦enroled"), MistakeKind.DEVICE_UNKNOWN, "enrolled"),
        Wrong.of(
            FRAME.replace("    zones: [office, homes]\n", "").replace("- name", "- ⟦name"),
            Flaw.KEY_MISSING),
        Wrong.of(rule("connection: ⟦31d"), MistakeKind.DURATION_TOO_LONG),
        Wrong.of(rule("class: ⟦" + "x".repeat(129)), MistakeKind.ATTRIBUTE_TOO_LONG),
        Wrong.of(rule("filter: ⟦" + "x".repeat(254)), MistakeKind.ATTRIBUTE_TOO_LONG),
        Wrong.of(rule("framed: { camille: ⟦\"10.8.0.256\" }"), MistakeKind.FRAMED_MALFORMED),
        Wrong.of(rule("framed: { camille: ⟦\"2001:db8::1\" }"), MistakeKind.FRAMED_MALFORMED),
        Wrong.of(
            FRAME + FRAME.substring(FRAME.indexOf("  - name")).replace("name: ", "name: ⟦"),
            MistakeKind.RULE_TWICE));
  }

  @Test
  void defaults_areTheStricterOnes() {
    VpnRule rule = policy(FRAME).vpnRules().getFirst();
    assertThat(rule.connection()).isEqualTo(Duration.ofHours(12));
    assertThat(rule.category()).isNull();
    assertThat(rule.filter()).isNull();
    assertThat(rule.framed()).isEmpty();
  }

  @Test
  void decide_groupZoneAndServerHold_allows() {
    assertThat(policy(FRAME).decideVpn("vpn-1", OPERATORS, HOME))
        .isInstanceOf(VpnDecision.Allowed.class);
  }

  @Test
  void decide_oneOfThemMissing_refusesForIt() {
    assertRefused("vpn-2", OPERATORS, HOME, Reason.NO_RULE);
    assertRefused("vpn-1", Set.of("staff"), HOME, Reason.GROUP_MISSING);
    assertRefused("vpn-1", OPERATORS, IpAddress.parse("10.9.0.1"), Reason.SOURCE_NOT_ALLOWED);
    // Somebody else's address: policies without it have no zone at it either.
    String listed = FRAME.replace("  anywhere: [0.0.0.0/1, 128.0.0.0/1]\n", "");
    assertThat(policy(listed).decideVpn("vpn-1", OPERATORS, IpAddress.parse("203.0.113.66")))
        .isEqualTo(new VpnDecision.Refused(Reason.SOURCE_UNLISTED, "staff"));
    assertThat(policy(listed).decideVpn("vpn-1", OPERATORS, IpAddress.parse("10.8.0.1")))
        .isEqualTo(new VpnDecision.Refused(Reason.SOURCE_UNLISTED, "staff"));
  }

  /// What `policy check` refuses of a VPN from everywhere, an enrolled device makes right.
  @Test
  void decide_ruleForEnrolledDevices_takesThemFromWhereItSaysAndNothingElse() {
    Policy anywhere =
        policy(FRAME.replace("    zones: [office, homes]\n", "    device: enrolled\n"));
    Policy wide = policy(FRAME.replace("[office, homes]", "[anywhere]\n    device: enrolled"));
    Policy homes = policy(FRAME.replace("[office, homes]", "[homes]\n    device: enrolled"));
    IpAddress outside = IpAddress.parse("203.0.113.66");
    for (Policy policy : List.of(anywhere, wide)) {
      assertThat(policy.decideDevice("vpn-1", OPERATORS, outside))
          .isInstanceOf(VpnDecision.Allowed.class);
      assertThat(policy.decideVpn("vpn-1", OPERATORS, HOME))
          .isEqualTo(new VpnDecision.Refused(Reason.DEVICE_MISSING, "staff"));
      assertThat(policy.decideDevice("vpn-1", Set.of("staff"), outside))
          .isEqualTo(new VpnDecision.Refused(Reason.GROUP_MISSING, "staff"));
    }
    assertThat(homes.decideDevice("vpn-1", OPERATORS, HOME))
        .isInstanceOf(VpnDecision.Allowed.class);
    assertThat(homes.decideDevice("vpn-1", OPERATORS, outside))
        .isInstanceOf(VpnDecision.Refused.class);
    assertThat(policy(FRAME).decideDevice("vpn-1", OPERATORS, HOME))
        .as("a device is no worse than none")
        .isInstanceOf(VpnDecision.Allowed.class);
  }

  @Test
  void difference_ruleComesChangesOrGoes_isTold() {
    Policy without = policy(FRAME.substring(0, FRAME.indexOf("vpn:\n")));
    Policy changed = policy(rule("filter: lan"));
    assertThat(Policy.difference(without, policy(FRAME)))
        .filteredOn(difference -> difference.subject() == Difference.Subject.VPN)
        .extracting(Difference::change, Difference::direction)
        .containsExactly(tuple(Difference.Change.ADDED, Direction.WIDENS));
    assertThat(Policy.difference(policy(FRAME), changed))
        .extracting(Difference::change)
        .containsExactly(Difference.Change.CHANGED);
    assertThat(Policy.difference(policy(FRAME), without))
        .extracting(Difference::direction)
        .contains(Direction.NARROWS);
  }

  private static void assertRefused(
      String server, Set<String> groups, IpAddress source, Reason reason) {
    assertThat(policy(FRAME).decideVpn(server, groups, source))
        .isInstanceOfSatisfying(
            VpnDecision.Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
