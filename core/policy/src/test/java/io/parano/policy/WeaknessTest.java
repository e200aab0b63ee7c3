package io.parano.policy;

import static io.parano.policy.Reading.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Language;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeaknessTest {
  private static List<String> found(String document) {
    return policy(document).weaknesses().stream()
        .map(weakness -> weakness.line() + " " + weakness.kind().code())
        .toList();
  }

  @Test
  void sample_hasNoWeakness() {
    assertThat(found(Policy.sample())).isEmpty();
  }

  @Test
  void weaknesses_areAllFoundAtTheirPlace() {
    assertThat(
            found(
                """
                version: 1
                zones:
                  office: [192.0.2.0/24]
                  desk: [192.0.2.7]
                  world: [0.0.0.0/1, 128.0.0.0/1]
                  world6: ["::/0"]
                  spare: [198.51.100.0/24]
                rules:
                  - { name: menu, hosts: [menu.example], zones: [office], levels: source }
                  - { name: all, hosts: ["*.example"], zones: [office, world] }
                  - { name: one, hosts: [a.example], paths: [/x], groups: [g], zones: [office] }
                  - { name: two, hosts: [example], zones: [desk, world6], touch: 12h, upgrade: 13h }
                  - { name: tea, hosts: [tea.test], zones: [office], token: otp-allowed }
                sessions: { idle: 16m, absolute: 12h }
                """))
        .containsExactly(
            "1 idle-long",
            "4 zones-overlap",
            "5 zone-wide",
            "5 zone-wide",
            "5 zones-overlap",
            "5 zones-overlap",
            "6 zone-wide",
            "6 zones-overlap",
            "6 zones-overlap",
            "6 zones-overlap",
            "7 zone-unused",
            "7 zones-overlap",
            "7 zones-overlap",
            "9 levels-source",
            "11 rule-never-reached",
            "12 touch-pointless",
            "12 upgrade-outlasts-session",
            "13 otp-allowed");
  }

  @Test
  void weaknesses_longSession_isNamed() {
    assertThat(found("version: 1\nzones: {}\nrules: []\nsessions: { absolute: 13h }\n"))
        .containsExactly("1 nobody-signs-in", "1 absolute-long");
  }

  @Test
  void weaknesses_onlyLeasedZones_nobodySignsIn() {
    assertThat(
            found(
                """
                version: 1
                zones: { vpn: { networks: [10.8.0.0/16], leased: true } }
                rules: [{ name: a, hosts: [a], zones: [vpn] }]
                """))
        .containsExactly("1 nobody-signs-in");
  }

  @Test
  void weaknesses_prefixOfV6ThatHoldsAllOfV4_isWide() {
    assertThat(
            found(
                """
                version: 1
                zones: { odd: ["::/80"], fine: ["2001::/16"], ten: [10.0.0.0/8] }
                rules: [{ name: a, hosts: [a], zones: [odd, fine, ten] }]
                """))
        .containsExactly("2 zone-wide", "2 zones-overlap");
  }

  @Test
  void weaknesses_ruleReachedByAFewOnly_isReached() {
    assertThat(
            found(
                """
                version: 1
                zones: { office: [192.0.2.0/24], lab: [198.51.100.0/24] }
                rules:
                  - { name: g, hosts: [a.example], groups: [g], zones: [office] }
                  - { name: all, hosts: [a.example], zones: [office] }
                  - { name: far, hosts: [a.example], zones: [office, lab] }
                  - { name: more, hosts: ["*.example"], zones: [lab, office], methods: [GET] }
                  - { name: rest, hosts: ["*.example"], zones: [lab, office] }
                """))
        .isEmpty();
  }

  @Test
  void weaknesses_groupNobodyIsIn_isNamedWhenGroupsAreKnown() {
    Policy policy = policy(Policy.sample());
    assertThat(policy.weaknesses(Set.of("accounting", "operators"))).isEmpty();
    List<Weakness> found = policy.weaknesses(Set.of("acounting", "operators"));
    assertThat(found).extracting(Weakness::kind).containsExactly(WeaknessKind.GROUP_UNKNOWN);
    assertThat(found.getFirst().text(Language.EN))
        .isEqualTo(
            "rule \"wages\" names the group \"accounting\", which nobody is in"
                + " (nearest: acounting)");
    assertThat(found.getFirst().text(Language.FR)).contains("le groupe « accounting »");
  }
}
