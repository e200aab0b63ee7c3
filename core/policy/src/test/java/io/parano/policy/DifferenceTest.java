package io.parano.policy;

import static io.parano.policy.Reading.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Language;
import io.parano.policy.RandomPolicy.Spec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final String BEFORE =
      """
      version: 1
      zones:
        office: [192.0.2.0/24]
        vpn: [10.8.0.0/16]
        lab: [10.9.0.0/16]
      rules:
        - { name: wages, hosts: [pay.example], groups: [accounting], zones: [office, vpn] }
        - { name: menu, hosts: [menu.example], zones: [office], levels: source }
        - { name: git, hosts: [git.example], zones: [office, lab], touch: 15m }
        - { name: shut, hosts: [old.example], zones: [office], effect: refuse }
      """;

  private static List<String> lines(String after) {
    return lines(after, Language.EN);
  }

  private static List<String> lines(String after, Language language) {
    return Policy.difference(policy(BEFORE), policy(after)).stream()
        .map(difference -> difference.text(language))
        .toList();
  }

  @Test
  void difference_layoutAlone_isNone() {
    assertThat(lines(BEFORE.replace("rules:", "# a remark\n\nrules:"))).isEmpty();
  }

  @Test
  void difference_everyKind_isTold() {
    String after =
        """
        version: 1
        zones:
          office: [192.0.2.0/25]
          vpn: { networks: [10.8.0.0/16], leased: true }
          branch: [198.51.100.0/24]
        rules:
          - { name: git, hosts: [git.example], zones: [office], upgrade: 1h }
          - { name: wages, hosts: [pay.example], groups: [accounting, audit], zones: [office, vpn] }
          - { name: menu, hosts: [menu.example], zones: [office] }
          - { name: new, hosts: ["*.new.example"], paths: [/x/*], zones: [branch], touch: 5m }
        sessions: { idle: 5m, absolute: 1d }
        """;
    assertThat(lines(after))
        .containsExactly(
            "zone \"office\": [192.0.2.0/24] → [192.0.2.0/25] (narrows access)",
            "zone \"vpn\": [10.8.0.0/16] → [10.8.0.0/16], leased: true (narrows access)",
            "zone \"lab\" removed: [10.9.0.0/16] (narrows access)",
            "zone \"branch\" added: [198.51.100.0/24] (widens access)",
            "rule \"shut\" removed: effect: refuse, hosts: [old.example], paths: [/*],"
                + " zones: [office] (widens access)",
            "rule \"git\" moved from place 3 to place 1 (changes nobody's access)",
            "rule \"git\", zones: lab, office → office (narrows access)",
            "rule \"git\", touch: 15m → — (widens access)",
            "rule \"git\", upgrade: — → 1h (widens access)",
            "rule \"wages\", groups: accounting → accounting, audit (widens access)",
            "rule \"menu\", levels: source → three (narrows access)",
            "rule \"new\" added at place 4: hosts: [*.new.example], paths: [/x/*],"
                + " zones: [branch], touch: 5m (widens access)",
            "sessions, idle: 15m → 5m (narrows access)",
            "sessions, absolute: 12h → 1d (widens access)");
    assertThat(lines(after, Language.FR))
        .contains(
            "zone « lab » retirée : [10.9.0.0/16] (restreint l'accès)",
            "règle « wages », groups : accounting → accounting, audit (élargit l'accès)");
  }

  @Test
  void difference_oneTimePasswordsTaken_widens() {
    String present = "groups: [accounting], zones: [office, vpn]";
    String taking = BEFORE.replace(present, present + ", token: otp-allowed");
    assertThat(lines(taking))
        .containsExactly("rule \"wages\", token: webauthn → otp-allowed (widens access)");
    assertThat(
            Policy.difference(policy(taking), policy(BEFORE)).stream()
                .map(one -> one.text(Language.EN)))
        .containsExactly("rule \"wages\", token: otp-allowed → webauthn (narrows access)");
  }

  @Test
  void difference_removedRuleAboveAWeakerOne_isNotCalledNarrower() {
    String both =
        BEFORE + "  - { name: pay-any, hosts: [pay.example], zones: [office], levels: source }\n";
    List<Difference> found = Policy.difference(policy(both), policy(without(both, "wages")));
    assertThat(found).extracting(Difference::direction).containsExactly(Direction.UNTOLD);
  }

  @Test
  void difference_ruleOvertakesARefusal_widens() {
    String refused =
        BEFORE.replace(
            "rules:\n",
            "rules:\n  - { name: stop, hosts: [\"*.example\"], zones: [vpn], effect: refuse }\n");
    String overtaken =
        without(refused, "stop")
            + "  - { name: stop, hosts: [\"*.example\"], zones: [vpn], effect: refuse }\n";
    List<Difference> found = Policy.difference(policy(refused), policy(overtaken));
    assertThat(found)
        .extracting(one -> one.change() + " " + one.name() + " " + one.direction())
        .containsExactly("MOVED stop WIDENS");
  }

  private static String without(String document, String rule) {
    return document
        .lines()
        .filter(line -> !line.contains("name: " + rule + ","))
        .reduce("", (all, line) -> all + line + "\n");
  }

  /// When every line says that access narrows, it must; likewise widens, and neither.
  @Tag("slow")
  @Test
  void difference_directions_holdForEveryDecision() {
    RandomPolicy world = new RandomPolicy(7);
    Map<Direction, Integer> seen = new EnumMap<>(Direction.class);
    for (int i = 0; i < 6_000; i++) {
      Spec before = world.spec();
      Spec after = world.edited(i % 3 == 0 ? world.edited(before) : before);
      Policy then = policy(before.document());
      Policy now = policy(after.document());
      Direction all =
          Policy.difference(then, now).stream()
              .map(Difference::direction)
              .reduce(Direction.NEITHER, Direction::and);
      seen.merge(all, 1, Integer::sum);
      for (int j = 0; j < 60; j++) {
        Question question = world.question();
        long change =
            grant(now.decide(question), question) - grant(then.decide(question), question);
        long standing = rank(now, question) - rank(then, question);
        Supplier<String> what =
            () -> question + "\n" + before.document() + "\n→\n" + after.document();
        holds(all, change, what);
        holds(all, standing, what);
      }
    }
    assertThat(seen).hasSize(4).allSatisfy((_, times) -> assertThat(times).isGreaterThan(400));
  }

  private static void holds(Direction said, long change, Supplier<String> what) {
    switch (said) {
      case NARROWS -> assertThat(change).as(what).isLessThanOrEqualTo(0);
      case NEITHER -> assertThat(change).as(what).isZero();
      case WIDENS -> assertThat(change).as(what).isGreaterThanOrEqualTo(0);
      case UNTOLD -> {}
    }
  }

  /// How much a decision gives, in seconds of upgraded life beyond a grant.
  private static long grant(Decision decision, Question question) {
    return switch (decision) {
      case Decision.Refused _, Decision.SignInNeeded _ -> 0;
      case Decision.TouchNeeded _ -> 1;
      case Decision.Allowed(var _, var life) ->
          2 + (question.upgrade() && life != null ? life : Duration.ZERO).toSeconds();
    };
  }

  private static long rank(Policy policy, Question question) {
    return switch (policy.standing(question.source())) {
      case SourceStanding.Unlisted _ -> 0;
      case SourceStanding.OnlyLeased _ -> 1;
      case SourceStanding.Listed _ -> 2;
    };
  }
}
