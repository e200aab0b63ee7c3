package io.parano.policy;

import static io.parano.policy.Reading.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `docs/policy.md`, sentence by sentence. Every refusal stands beside a grant that differs in the
/// attacked condition alone.
class SemanticsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
  private static final IpAddress OFFICE = IpAddress.parse("192.0.2.7");
  private static final IpAddress VPN = IpAddress.parse("10.8.0.9");
  private static final IpAddress CANTEEN = IpAddress.parse("198.51.100.4");
  private static final IpAddress OUTSIDE = IpAddress.parse("203.0.113.66");
  private static final Asker OUTSIDER = new Asker.Outsider();
  private static final Asker ACCOUNTANT = holder("accounting");

  private static final Policy POLICY =
      policy(
          """
          version: 1
          zones:
            office: [192.0.2.0/24, "2001:db8:1::/48"]
            vpn: { networks: [10.8.0.0/16], leased: true }
            canteen: [198.51.100.0/24]
          rules:
            - name: wages
              hosts: [intranet.example.com]
              paths: [/wages/*]
              methods: [GET, POST]
              groups: [accounting]
              zones: [office, vpn]
              touch: 15m
            - name: wages-otherwise
              hosts: [intranet.example.com]
              paths: [/wages/*]
              zones: [office, vpn]
              effect: refuse
            - name: no-contractors
              hosts: [intranet.example.com]
              paths: [/plans/*]
              groups: [contractors]
              zones: [office]
              effect: refuse
            - name: plans
              hosts: [intranet.example.com]
              paths: [/plans/*, /plan]
              zones: [office]
            - name: menu
              hosts: [menu.example.com]
              zones: [canteen, office]
              levels: source
            - name: console
              hosts: [console.example.com]
              groups: [operators, accounting]
              zones: [office]
              upgrade: 1h
            - name: snacks
              hosts: [snacks.example.com]
              groups: [accounting]
              zones: [office, vpn]
              token: otp-allowed
            - name: tools
              hosts: ["*.tools.example.com"]
              zones: [vpn]
          """);

  private static Asker.Holder holder(String... groups) {
    return new Asker.Holder(Set.of(groups), Factor.TOUCH, NOW.minusSeconds(60), false);
  }

  private static Asker.Holder leased(String... groups) {
    return new Asker.Holder(Set.of(groups), Factor.TOUCH, NOW.minusSeconds(60), true);
  }

  private static Question ask(String url, IpAddress source, Asker asker) {
    return ask("GET", url, source, asker);
  }

  private static Question ask(String method, String url, IpAddress source, Asker asker) {
    int slash = url.indexOf('/');
    return new Question(
        url.substring(0, slash), url.substring(slash), method, false, source, asker, NOW);
  }

  private static Question upgrade(String url, IpAddress source, Asker asker) {
    Question plain = ask(url, source, asker);
    return new Question(plain.host(), plain.path(), plain.method(), true, source, asker, NOW);
  }

  private static void allows(Question question, String rule) {
    assertThat(POLICY.decide(question)).isEqualTo(new Decision.Allowed(rule, null));
  }

  private static void refuses(Question question, Reason reason, @Nullable String rule) {
    assertThat(POLICY.decide(question)).isEqualTo(new Decision.Refused(reason, rule));
  }

  @Test
  void decide_groupMissing_refuses() {
    allows(ask("console.example.com/", OFFICE, holder("operators")), "console");
    refuses(ask("console.example.com/", OFFICE, holder("sales")), Reason.GROUP_MISSING, "console");
  }

  @Test
  void decide_anyOfTheGroups_isEnough() {
    allows(ask("console.example.com/", OFFICE, holder("sales", "accounting")), "console");
  }

  @Test
  void decide_sourceInNoZone_refuses() {
    allows(ask("intranet.example.com/plan", OFFICE, holder()), "plans");
    refuses(ask("intranet.example.com/plan", OUTSIDE, holder()), Reason.SOURCE_UNLISTED, "plans");
  }

  @Test
  void decide_sourceInAnotherZone_refuses() {
    allows(ask("intranet.example.com/plan", OFFICE, holder()), "plans");
    refuses(
        ask("intranet.example.com/plan", CANTEEN, holder()), Reason.SOURCE_NOT_ALLOWED, "plans");
  }

  @Test
  void decide_leaseOfAnotherOrNone_refuses() {
    allows(ask("intranet.example.com/wages/1", VPN, leased("accounting")), "wages");
    refuses(ask("intranet.example.com/wages/1", VPN, ACCOUNTANT), Reason.LEASE_MISSING, "wages");
    refuses(ask("a.tools.example.com/", VPN, OUTSIDER), Reason.LEASE_MISSING, "tools");
  }

  @Test
  void decide_leaseElsewhere_isNoSource() {
    refuses(
        ask("intranet.example.com/wages/1", OUTSIDE, leased("accounting")),
        Reason.SOURCE_UNLISTED,
        "wages");
  }

  @Test
  void decide_addressInBothALeasedAndAnotherZone_countsWithoutLease() {
    Policy both =
        policy(
            """
            version: 1
            zones:
              vpn: { networks: [10.0.0.0/8], leased: true }
              lab: [10.9.0.0/16]
            rules:
              - { name: one, hosts: [h], zones: [vpn] }
              - { name: two, hosts: [h], zones: [lab] }
            """);
    Question lab = ask("h/", IpAddress.parse("10.9.0.1"), holder());
    assertThat(both.decide(lab)).isEqualTo(new Decision.Allowed("two", null));
    Question elsewhere = ask("h/", IpAddress.parse("10.8.0.1"), holder());
    assertThat(both.decide(elsewhere)).isEqualTo(new Decision.Refused(Reason.LEASE_MISSING, "one"));
  }

  @Test
  void decide_outsiderWhereThreeLevelsAreWanted_mustSignIn() {
    allows(ask("intranet.example.com/plan", OFFICE, holder()), "plans");
    assertThat(POLICY.decide(ask("intranet.example.com/plan", OFFICE, OUTSIDER)))
        .isEqualTo(new Decision.SignInNeeded("plans"));
  }

  @Test
  void decide_outsiderFromOutside_isNotEvenAskedToSignIn() {
    refuses(ask("intranet.example.com/plan", OUTSIDE, OUTSIDER), Reason.SOURCE_UNLISTED, "plans");
  }

  @Test
  void decide_sourceAloneWanted_allowsAnybodyThere() {
    allows(ask("menu.example.com/", CANTEEN, OUTSIDER), "menu");
    allows(ask("menu.example.com/", CANTEEN, holder()), "menu");
    refuses(ask("menu.example.com/", OUTSIDE, OUTSIDER), Reason.SOURCE_UNLISTED, "menu");
  }

  @Test
  void decide_touchAtItsLimit_isStale() {
    Question fresh = touched(Duration.ofMinutes(15).minusNanos(1));
    assertThat(POLICY.decide(fresh)).isEqualTo(new Decision.Allowed("wages", null));
    Question stale = touched(Duration.ofMinutes(15));
    assertThat(POLICY.decide(stale))
        .isEqualTo(new Decision.TouchNeeded("wages", Duration.ofMinutes(15)));
  }

  @Test
  void decide_touchFromTheFuture_isStale() {
    assertThat(POLICY.decide(touched(Duration.ZERO)))
        .isEqualTo(new Decision.Allowed("wages", null));
    assertThat(POLICY.decide(touched(Duration.ofSeconds(-1))))
        .isEqualTo(new Decision.TouchNeeded("wages", Duration.ofMinutes(15)));
  }

  private static Question touched(Duration ago) {
    Asker asker = new Asker.Holder(Set.of("accounting"), Factor.TOUCH, NOW.minus(ago), false);
    return ask("intranet.example.com/wages/1", OFFICE, asker);
  }

  @Test
  void decide_signedInByOtp_opensOnlyWhatAllowsIt() {
    Asker byOtp = new Asker.Holder(Set.of("accounting"), Factor.OTP, NOW, false);
    allows(ask("snacks.example.com/", OFFICE, byOtp), "snacks");
    allows(ask("snacks.example.com/", OFFICE, ACCOUNTANT), "snacks");
    allows(ask("menu.example.com/", OFFICE, byOtp), "menu");
    allows(ask("intranet.example.com/plan", OFFICE, ACCOUNTANT), "plans");
    refuses(ask("intranet.example.com/plan", OFFICE, byOtp), Reason.TOUCH_MISSING, "plans");
    refuses(ask("intranet.example.com/wages/1", OFFICE, byOtp), Reason.TOUCH_MISSING, "wages");
  }

  @Test
  void explain_signedInByOtp_saysThatATouchIsWanted() {
    Asker byOtp = new Asker.Holder(Set.of("accounting"), Factor.OTP, NOW, false);
    assertThat(POLICY.explain(ask("intranet.example.com/plan", OFFICE, byOtp)).lines(Language.EN))
        .endsWith(
            "refused: touch-missing (rule \"plans\" wants a sign-in by touch; a one-time password is"
                + " not enough)");
    assertThat(POLICY.explain(ask("intranet.example.com/plan", OFFICE, byOtp)).lines(Language.FR))
        .last()
        .asString()
        .contains("un mot de passe unique ne suffit pas");
  }

  @Test
  void otpCouldOpen_onlyWhereARuleAllowsItAtThatSource() {
    assertThat(POLICY.otpCouldOpen("snacks.example.com", "/", OFFICE, false)).isTrue();
    assertThat(POLICY.otpCouldOpen("intranet.example.com", "/plan", OFFICE, false)).isFalse();
    assertThat(POLICY.otpCouldOpen("snacks.example.com", "/", CANTEEN, false)).isFalse();
    assertThat(POLICY.otpCouldOpen("snacks.example.com", "/", VPN, false)).isFalse();
    assertThat(POLICY.otpCouldOpen("snacks.example.com", "/", VPN, true)).isTrue();
    assertThat(POLICY.otpCouldOpen("a.tools.example.com", "/", VPN, true)).isFalse();
    assertThat(POLICY.otpCouldOpen(OFFICE, false)).isTrue();
    assertThat(POLICY.otpCouldOpen(OUTSIDE, false)).isFalse();
  }

  @Test
  void decide_upgradeNotForeseen_refuses() {
    allows(ask("intranet.example.com/plan", OFFICE, holder()), "plans");
    refuses(
        upgrade("intranet.example.com/plan", OFFICE, holder()), Reason.UPGRADE_REFUSED, "plans");
    refuses(upgrade("menu.example.com/", CANTEEN, OUTSIDER), Reason.UPGRADE_REFUSED, "menu");
  }

  @Test
  void decide_upgradeForeseen_isBounded() {
    assertThat(POLICY.decide(upgrade("console.example.com/", OFFICE, ACCOUNTANT)))
        .isEqualTo(new Decision.Allowed("console", Duration.ofHours(1)));
  }

  @Test
  void decide_upgradeForOutsider_mustSignInFirst() {
    assertThat(POLICY.decide(upgrade("console.example.com/", OFFICE, OUTSIDER)))
        .isEqualTo(new Decision.SignInNeeded("console"));
  }

  @Test
  void decide_upgradeRefusedAndTouchStale_asksForNoTouch() {
    Asker tired =
        new Asker.Holder(Set.of("accounting"), Factor.TOUCH, NOW.minusSeconds(9_000), false);
    refuses(
        upgrade("intranet.example.com/wages/1", OFFICE, tired), Reason.UPGRADE_REFUSED, "wages");
  }

  @Test
  void decide_methodNotInTheRule_fallsThrough() {
    allows(ask("POST", "intranet.example.com/wages/1", OFFICE, ACCOUNTANT), "wages");
    refuses(
        ask("DELETE", "intranet.example.com/wages/1", OFFICE, ACCOUNTANT),
        Reason.RULE_REFUSES,
        "wages-otherwise");
    refuses(
        ask("get", "intranet.example.com/wages/1", OFFICE, ACCOUNTANT),
        Reason.RULE_REFUSES,
        "wages-otherwise");
  }

  @Test
  void decide_methodNobodyHeardOf_matchesRulesForAll() {
    allows(ask("BREW", "intranet.example.com/plan", OFFICE, holder()), "plans");
  }

  @Test
  void decide_ruleRefuses_refusesHolderAndOutsider() {
    allows(ask("intranet.example.com/wages/1", OFFICE, ACCOUNTANT), "wages");
    refuses(
        ask("intranet.example.com/wages/1", OFFICE, holder("sales")),
        Reason.RULE_REFUSES,
        "wages-otherwise");
    refuses(
        ask("PUT", "intranet.example.com/wages/1", OFFICE, OUTSIDER),
        Reason.RULE_REFUSES,
        "wages-otherwise");
  }

  @Test
  void decide_ruleRefusesAGroup_outsiderMustSignInToBeKnown() {
    assertThat(POLICY.decide(ask("intranet.example.com/plans/9", OFFICE, OUTSIDER)))
        .isEqualTo(new Decision.SignInNeeded("no-contractors"));
    allows(ask("intranet.example.com/plans/9", OFFICE, holder("sales")), "plans");
    refuses(
        ask("intranet.example.com/plans/9", OFFICE, holder("contractors")),
        Reason.RULE_REFUSES,
        "no-contractors");
  }

  @Test
  void decide_nothingSpeaksOfIt_refuses() {
    allows(ask("intranet.example.com/plan", OFFICE, holder()), "plans");
    refuses(ask("intranet.example.com/plant", OFFICE, holder()), Reason.NO_RULE, null);
    refuses(ask("other.example.com/plan", OFFICE, holder()), Reason.NO_RULE, null);
  }

  @Test
  void decide_onlyRefusalsSpeakOfIt_isNoRule() {
    Policy refusals =
        policy(
            """
            version: 1
            zones: { a: [10.0.0.0/8], b: [192.0.2.0/24] }
            rules:
              - { name: never, hosts: [h], zones: [a], groups: [g], effect: refuse }
            """);
    assertThat(refusals.decide(ask("h/", OFFICE, holder())))
        .isEqualTo(new Decision.Refused(Reason.NO_RULE, null));
  }

  @Test
  void decide_missingGroupAndMissingZone_namesTheGroupFirst() {
    Policy two =
        policy(
            """
            version: 1
            zones: { a: [10.0.0.0/8], b: [192.0.2.0/24] }
            rules:
              - { name: far, hosts: [h], zones: [a] }
              - { name: near, hosts: [h], zones: [b], groups: [g] }
            """);
    assertThat(two.decide(ask("h/", OFFICE, holder())))
        .isEqualTo(new Decision.Refused(Reason.GROUP_MISSING, "near"));
  }

  @Test
  void decide_pathBesideTheFolder_isNotInIt() {
    Asker accountant = ACCOUNTANT;
    allows(ask("intranet.example.com/wages/", OFFICE, accountant), "wages");
    allows(ask("intranet.example.com/wages/a/b", OFFICE, accountant), "wages");
    allows(ask("intranet.example.com/wages", OFFICE, accountant), "wages");
    refuses(ask("intranet.example.com/wagesheet", OFFICE, accountant), Reason.NO_RULE, null);
    refuses(ask("intranet.example.com/Wages/a", OFFICE, accountant), Reason.NO_RULE, null);
  }

  @Test
  void decide_exactPath_isNoFolder() {
    allows(ask("intranet.example.com/plan", OFFICE, holder()), "plans");
    refuses(ask("intranet.example.com/plan/", OFFICE, holder()), Reason.NO_RULE, null);
    refuses(ask("intranet.example.com/plan/x", OFFICE, holder()), Reason.NO_RULE, null);
  }

  @Test
  void decide_pathNotAbsolute_matchesNothing() {
    allows(ask("menu.example.com/", CANTEEN, OUTSIDER), "menu");
    Question star = new Question("menu.example.com", "*", "OPTIONS", false, CANTEEN, OUTSIDER, NOW);
    refuses(star, Reason.NO_RULE, null);
  }

  @Test
  void decide_wildcard_isOneOrMoreLabelsAndNeverNone() {
    allows(ask("a.tools.example.com/", VPN, leased()), "tools");
    allows(ask("b.a.tools.example.com/", VPN, leased()), "tools");
    refuses(ask("tools.example.com/", VPN, leased()), Reason.NO_RULE, null);
    refuses(ask(".tools.example.com/", VPN, leased()), Reason.NO_RULE, null);
    refuses(ask("atools.example.com/", VPN, leased()), Reason.NO_RULE, null);
    refuses(ask("a.tools.example.com.evil.com/", VPN, leased()), Reason.NO_RULE, null);
  }

  @Test
  void decide_mappedAddress_isTheSameSource() {
    IpAddress mapped = IpAddress.parse("::ffff:192.0.2.7");
    allows(ask("intranet.example.com/plan", mapped, holder()), "plans");
    IpAddress mappedOutside = IpAddress.parse("::ffff:203.0.113.66");
    refuses(
        ask("intranet.example.com/plan", mappedOutside, holder()), Reason.SOURCE_UNLISTED, "plans");
  }

  @Test
  void decide_ipv6_isASourceLikeAnyOther() {
    IpAddress inside = IpAddress.parse("2001:db8:1:ffff:ffff:ffff:ffff:ffff");
    allows(ask("intranet.example.com/plan", inside, holder()), "plans");
    IpAddress beyond = IpAddress.parse("2001:db8:2::");
    refuses(ask("intranet.example.com/plan", beyond, holder()), Reason.SOURCE_UNLISTED, "plans");
  }

  @Test
  void decide_silentPolicy_refusesEverything() {
    assertThat(Policy.SILENT.decide(ask("menu.example.com/", CANTEEN, OUTSIDER)))
        .isEqualTo(new Decision.Refused(Reason.NO_RULE, null));
    assertThat(Policy.SILENT.standing(OFFICE)).isEqualTo(new SourceStanding.Unlisted());
  }

  @Test
  void standing_tellsWhetherOneCanSignIn() {
    assertThat(POLICY.standing(OFFICE)).isEqualTo(new SourceStanding.Listed(Set.of("office")));
    assertThat(POLICY.standing(VPN)).isEqualTo(new SourceStanding.OnlyLeased(Set.of("vpn")));
    assertThat(POLICY.wantsLease(VPN)).isTrue();
    assertThat(POLICY.wantsLease(OFFICE)).isFalse();
    assertThat(POLICY.wantsLease(OUTSIDE)).isFalse();
    assertThat(POLICY.standing(OUTSIDE)).isEqualTo(new SourceStanding.Unlisted());
    assertThat(POLICY.zonesOf(VPN)).containsExactly("vpn");
  }

  @Test
  void digest_isThatOfTheDocument() {
    Policy silent = policy(Policy.SILENT.document());
    assertThat(silent.digest()).isEqualTo(Policy.SILENT.digest());
    assertThat(policy(Policy.SILENT.document() + "# more\n").digest())
        .isNotEqualTo(Policy.SILENT.digest());
    assertThat(silent.sessionLimits()).isEqualTo(SessionLimits.DEFAULT);
  }
}
