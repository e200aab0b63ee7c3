package io.parano.policy;

import static io.parano.policy.Reading.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Factor;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Language;
import io.parano.policy.Considered.Outcome;
import io.parano.policy.RandomPolicy.Spec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The compiled engine against the naive reference, and against its own explanation.
class EngineTest {
  private static final int POLICIES = 4_000;
  private static final int QUESTIONS = 30;

  @Tag("slow")
  @Test
  void decide_randomPolicies_agreesWithTheReferenceAndTheExplanation() {
    RandomPolicy world = new RandomPolicy(20260301);
    Map<String, Integer> met = new HashMap<>();
    for (int i = 0; i < POLICIES; i++) {
      Spec spec = world.spec();
      Policy policy = policy(spec.document());
      LinearReference reference = new LinearReference(spec);
      for (int j = 0; j < QUESTIONS; j++) {
        Question question = world.question();
        Decision decision = policy.decide(question);
        assertThat(decision)
            .as(() -> question + " to\n" + spec.document())
            .isEqualTo(reference.decide(question));
        explains(policy.explain(question), decision);
        met.merge(kind(decision), 1, Integer::sum);
      }
    }
    // The world must be one in which everything happens often enough to be tested.
    assertThat(met).hasSize(11).allSatisfy((_, times) -> assertThat(times).isGreaterThan(100));
  }

  private static String kind(Decision decision) {
    return switch (decision) {
      case Decision.Refused(var reason, var _) -> reason.code();
      case Decision.SignInNeeded _ -> "sign-in";
      case Decision.TouchNeeded _ -> "touch";
      case Decision.Allowed _ -> "allowed";
    };
  }

  private static void explains(Explanation explanation, Decision decision) {
    assertThat(explanation.decision()).isEqualTo(decision);
    List<Considered> considered = explanation.considered();
    boolean decided = !considered.isEmpty() && considered.getLast().outcome() == Outcome.DECIDES;
    String rule = rule(decision);
    switch (decision) {
      case Decision.Refused refused -> missed(refused, decided, considered);
      case Decision.SignInNeeded _, Decision.TouchNeeded _, Decision.Allowed _ ->
          assertThat(decided).isTrue();
    }
    if (decided) {
      assertThat(considered.getLast().rule()).isEqualTo(rule);
    }
  }

  private static void missed(
      Decision.Refused refused, boolean decided, List<Considered> considered) {
    Outcome wanted =
        switch (refused.reason()) {
          case GROUP_MISSING -> Outcome.GROUP_MISSING;
          case LEASE_MISSING -> Outcome.LEASE_MISSING;
          case SOURCE_NOT_ALLOWED, SOURCE_UNLISTED -> Outcome.SOURCE_ELSEWHERE;
          case RULE_REFUSES, UPGRADE_REFUSED, TOUCH_MISSING -> Outcome.DECIDES;
          default -> Outcome.HOST_DIFFERS;
        };
    assertThat(decided).isEqualTo(wanted == Outcome.DECIDES);
    String rule = refused.rule();
    if (rule != null) {
      assertThat(considered).anyMatch(one -> one.rule().equals(rule) && one.outcome() == wanted);
    }
  }

  private static @Nullable String rule(Decision decision) {
    return switch (decision) {
      case Decision.Refused(var _, var rule) -> rule;
      case Decision.SignInNeeded(var rule) -> rule;
      case Decision.TouchNeeded(var rule, var _) -> rule;
      case Decision.Allowed(var rule, var _) -> rule;
    };
  }

  @Test
  void explain_saysWhyEachRuleDidNotMatch() {
    Policy policy =
        policy(
            """
            version: 1
            zones:
              office: [192.0.2.0/24]
              vpn: { networks: [10.8.0.0/16], leased: true }
              both: [192.0.2.0/24, 10.8.0.0/16]
            rules:
              - { name: a, hosts: [other.example], zones: [both] }
              - { name: b, hosts: [h.example], paths: [/x/*], zones: [both] }
              - { name: c, hosts: [h.example], methods: [POST], zones: [both] }
              - { name: d, hosts: [h.example], zones: [office] }
              - { name: e, hosts: [h.example], zones: [vpn] }
              - { name: f, hosts: [h.example], zones: [both], groups: [staff] }
              - { name: g, hosts: [h.example], zones: [both] }
              - { name: h, hosts: [h.example], zones: [both] }
            """);
    Question question =
        new Question(
            "h.example",
            "/",
            "GET",
            false,
            IpAddress.parse("10.8.0.1"),
            new Asker.Holder(Set.of(), Factor.TOUCH, Instant.EPOCH, false),
            Instant.EPOCH);
    assertThat(policy.explain(question).considered())
        .extracting(one -> one.rule() + " " + one.line() + " " + one.outcome().code())
        .containsExactly(
            "a 7 host-differs",
            "b 8 path-differs",
            "c 9 method-differs",
            "d 10 source-elsewhere",
            "e 11 lease-missing",
            "f 12 group-missing",
            "g 13 decides");
    assertThat(policy.explain(question).lines(Language.EN))
        .startsWith("the source is in: both, vpn")
        .contains(
            "rule \"d\" (line 10) does not match: the source is in none of its zones (office)")
        .endsWith("allowed by rule \"g\"");
    assertThat(policy.explain(question).lines(Language.FR))
        .startsWith("la source est dans : both, vpn")
        .endsWith("autorisé par la règle « g »");
  }
}
