package io.parano.policy;

import static io.parano.policy.Reading.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.document.Flaw;
import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import io.parano.policy.MistakesTest.Wrong;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The `ssh` of a policy.
class SshRuleTest {
  private static final String FRAME =
      """
      version: 1
      zones:
        office: [192.0.2.0/24]
        vpn: { networks: [10.8.0.0/16], leased: true }
        lab: [10.9.0.0/16]
      rules: []
      ssh:
        - name: web
          hosts: web
          groups: [operators]
          zones: [office, vpn]
          principals: [deploy, www]
      """;
  private static final IpAddress OFFICE = IpAddress.parse("192.0.2.7");
  private static final IpAddress VPN = IpAddress.parse("10.8.0.1");
  private static final Set<String> OPERATORS = Set.of("operators");

  /// A rule with these lines besides what it must have.
  private static String rule(String lines) {
    return FRAME + lines.indent(4);
  }

  static List<Wrong> wrong() {
    return List.of(
        Wrong.of(FRAME.substring(0, FRAME.indexOf("ssh:")) + "ssh: ⟦{}\n", Flaw.LIST_EXPECTED),
        new Wrong(rule("⟦grops: [a]"), Flaw.KEY_UNKNOWN, "groups"),
        Wrong.of(FRAME.replace("hosts: web", "hosts: ⟦Web"), MistakeKind.NAME_MALFORMED),
        Wrong.of(
            FRAME.replace("    groups: [operators]\n", "").replace("- name", "- ⟦name"),
            Flaw.KEY_MISSING),
        new Wrong(FRAME.replace("[office,", "[⟦offcie,"), MistakeKind.ZONE_UNKNOWN, "office"),
        Wrong.of(FRAME.replace("[deploy,", "[⟦Deploy,"), MistakeKind.ACCOUNT_MALFORMED),
        Wrong.of(FRAME.replace("[deploy,", "[⟦\"a@b\","), MistakeKind.ACCOUNT_MALFORMED),
        new Wrong(rule("keys: ⟦verifed"), Flaw.VALUE_UNKNOWN, "verified"),
        new Wrong(rule("token: ⟦otp-allowd"), Flaw.VALUE_UNKNOWN, "otp-allowed"),
        Wrong.of(rule("certificate: ⟦61m"), MistakeKind.DURATION_TOO_LONG),
        Wrong.of(rule("certificate: ⟦soon"), MistakeKind.DURATION_MALFORMED),
        Wrong.of(rule("connection: ⟦31d"), MistakeKind.DURATION_TOO_LONG),
        new Wrong(rule("permit: [⟦ptty]"), Flaw.VALUE_UNKNOWN, "pty"),
        Wrong.of(rule("reach: [⟦10.1.0.1/24]"), MistakeKind.DESTINATION_MALFORMED),
        Wrong.of(rule("reach: [⟦10.1.0.256]"), MistakeKind.DESTINATION_MALFORMED),
        Wrong.of(rule("reach: [⟦Web1]"), MistakeKind.DESTINATION_MALFORMED),
        Wrong.of(rule("reach: [web1]\nport: ⟦0"), Flaw.NUMBER_EXPECTED),
        Wrong.of(rule("⟦port: 22"), Flaw.KEY_POINTLESS),
        Wrong.of(
            FRAME + FRAME.substring(FRAME.indexOf("  - name")).replace("name: ", "name: ⟦"),
            MistakeKind.RULE_TWICE));
  }

  @Test
  void defaults_areTheStricterOnes() {
    SshRule rule = policy(FRAME).sshRules().getFirst();
    assertThat(rule.keys()).isEqualTo(SshRule.Keys.VERIFIED);
    assertThat(rule.token()).isEqualTo(SshRule.Token.WEBAUTHN);
    assertThat(rule.certificate()).isEqualTo(Duration.ofMinutes(10));
    assertThat(rule.connection()).isEqualTo(Duration.ofHours(12));
    assertThat(rule.permit()).containsExactly("pty");
    assertThat(rule.reach()).isEmpty();
  }

  @Test
  void reach_namesAndNetworks_areToldApart() {
    SshRule rule =
        policy(rule("reach: [10.1.0.0/24, web1.example.com]\nport: 2222")).sshRules().getFirst();
    assertThat(rule.reach())
        .extracting(Object::getClass)
        .containsExactly(SshRule.Destination.Network.class, SshRule.Destination.Name.class);
    assertThat(rule.port()).isEqualTo(2222);
  }

  @Test
  void decide_groupZoneAndHostsHold_allows() {
    assertThat(policy(FRAME).decideSsh("web", OPERATORS, OFFICE, false))
        .isInstanceOf(SshDecision.Allowed.class);
    assertThat(policy(FRAME).decideSsh("web", OPERATORS, VPN, true))
        .isInstanceOf(SshDecision.Allowed.class);
  }

  @Test
  void decide_oneOfThemMissing_refusesForIt() {
    assertRefused("db", OPERATORS, OFFICE, Reason.NO_RULE);
    assertRefused("web", Set.of("staff"), OFFICE, Reason.GROUP_MISSING);
    assertRefused("web", OPERATORS, VPN, Reason.LEASE_MISSING);
    assertRefused("web", OPERATORS, IpAddress.parse("10.9.0.1"), Reason.SOURCE_NOT_ALLOWED);
    assertRefused("web", OPERATORS, IpAddress.parse("203.0.113.1"), Reason.SOURCE_UNLISTED);
  }

  @Test
  void shownBy_oneTimePassword_countsWhereTheRuleTakesOne() {
    SshDecision touched = policy(FRAME).decideSsh("web", OPERATORS, OFFICE, false);
    SshDecision taking =
        policy(rule("token: otp-allowed")).decideSsh("web", OPERATORS, OFFICE, false);

    assertThat(touched.shownBy(Factor.OTP))
        .isEqualTo(new SshDecision.Refused(Reason.OTP_NOT_ALLOWED, "web"));
    assertThat(touched.shownBy(Factor.TOUCH)).isEqualTo(touched);
    assertThat(taking.shownBy(Factor.OTP)).isEqualTo(taking);
    assertThat(taking.shownBy(Factor.TOUCH)).isEqualTo(taking);
    SshDecision refused = policy(FRAME).decideSsh("db", OPERATORS, OFFICE, false);
    assertThat(refused.shownBy(Factor.OTP)).isEqualTo(refused);
  }

  private static void assertRefused(
      String hosts, Set<String> groups, IpAddress source, Reason reason) {
    assertThat(policy(FRAME).decideSsh(hosts, groups, source, false))
        .isInstanceOfSatisfying(
            SshDecision.Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @Test
  void decide_severalMatch_firstDecides() {
    String second =
        FRAME
            + """
              - name: web-as-root
                hosts: web
                groups: [operators]
                zones: [office]
                principals: [root]
            """;
    assertThat(policy(second).decideSsh("web", OPERATORS, OFFICE, false))
        .isInstanceOfSatisfying(
            SshDecision.Allowed.class,
            allowed -> assertThat(allowed.rule().name()).isEqualTo("web"));
  }

  @Test
  void weaknesses_keysInFilesAndLongConnections_areNamed() {
    assertThat(
            policy(rule("keys: any\ntoken: otp-allowed\nconnection: 13h")).weaknesses().stream()
                .map(weakness -> weakness.kind())
                .toList())
        .contains(
            WeaknessKind.SSH_KEYS_ANY,
            WeaknessKind.SSH_OTP_ALLOWED,
            WeaknessKind.SSH_OUTLASTS_SESSION);
    assertThat(policy(FRAME).weaknesses(Set.of("staff")))
        .anyMatch(weakness -> weakness.kind() == WeaknessKind.GROUP_UNKNOWN);
  }

  @Test
  void difference_everyKind_isToldInBothLanguages() {
    String without = FRAME.substring(0, FRAME.indexOf("ssh:"));
    assertThat(lines(without, FRAME, Language.EN))
        .singleElement()
        .asString()
        .startsWith("SSH rule \"web\" added: hosts: web, groups: [operators]")
        .endsWith("(widens access)");
    assertThat(lines(FRAME, without, Language.FR))
        .singleElement()
        .asString()
        .startsWith("règle SSH « web » retirée");
    assertThat(lines(FRAME, rule("keys: any"), Language.EN))
        .singleElement()
        .asString()
        .contains("keys: verified", "keys: any")
        .endsWith("(may widen access: it depends on other rules)");
    assertThat(lines(FRAME, FRAME + "# a remark\n", Language.EN)).isEmpty();
  }

  @Test
  void difference_rulesOfTheSameHostsSwapped_isTold() {
    String other = FRAME.substring(FRAME.indexOf("  - name")).replace("name: web", "name: other");
    String own = FRAME.substring(FRAME.indexOf("  - name"));
    String head = FRAME.substring(0, FRAME.indexOf("  - name"));
    assertThat(lines(head + own + other, head + other + own, Language.EN))
        .isNotEmpty()
        .allMatch(line -> line.contains("moved among those for the hosts \"web\""));
  }

  private static List<String> lines(String before, String after, Language language) {
    return Policy.difference(policy(before), policy(after)).stream()
        .map(difference -> difference.text(language))
        .toList();
  }
}
