package io.parano.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WitnessesTest {
  private static final Instant NOW = WitnessContract.NOW;
  private static final TestKey LOG = WitnessContract.LOG;

  private final TestLog log = new TestLog(LOG).grow(10, "honest");
  private final FakeWitness one = witness("one.example", NOW);
  private final FakeWitness two = witness("two.example", NOW);
  private final Witnesses both = new Witnesses(List.of(one, two), NOW);

  private static FakeWitness witness(String name, Instant clock) {
    return new FakeWitness(TestKey.of(name), new TestLog(LOG).log(), () -> clock);
  }

  private static long size(@Nullable Round round) {
    return switch (Objects.requireNonNull(round)) {
      case Round.Cosigned(var checkpoint) -> checkpoint.signed().checkpoint().size();
      case Round.Behind _, Round.Forked _, Round.Failed _ ->
          throw new AssertionError(round.toString());
    };
  }

  @Test
  void round_growingLog_isCosignedByEach() {
    assertThat(both.round(log, NOW).values()).extracting(WitnessesTest::size).containsOnly(10L);
    log.grow(7, "honest");
    assertThat(both.round(log, NOW).values()).extracting(WitnessesTest::size).containsOnly(17L);
    assertThat(both.round(log, NOW).values()).extracting(WitnessesTest::size).containsOnly(17L);
  }

  @Test
  void round_newProcess_findsOutWhereTheWitnessStands() {
    both.round(log, NOW);
    log.grow(7, "honest");
    Witnesses fresh = new Witnesses(List.of(one, two), NOW);
    assertThat(fresh.round(log, NOW).values()).extracting(WitnessesTest::size).containsOnly(17L);
  }

  @Test
  void round_oneSilent_holdsUpNobodyAndIsShown() {
    both.round(log, NOW);
    one.silent(true);
    log.grow(7, "honest");
    Instant later = NOW.plus(Standing.LONG).plusSeconds(1);
    Map<String, Round> rounds = both.round(log, NOW.plusSeconds(10));
    assertThat(rounds.get("one.example")).isEqualTo(new Round.Failed("silent"));
    assertThat(size(rounds.get("two.example"))).isEqualTo(17);
    assertThat(both.standings())
        .containsExactly(
            new Standing("one.example", 10, NOW, "silent"),
            new Standing("two.example", 17, NOW.plusSeconds(10), ""));
    assertThat(both.standings().getFirst().isOverdue(later)).isTrue();
    assertThat(both.standings().getFirst().isOverdue(NOW.plus(Standing.LONG))).isFalse();
    one.silent(false);
    assertThat(size(both.round(log, NOW).get("one.example"))).isEqualTo(17);
    assertThat(both.standings().getFirst().isOverdue(NOW)).isFalse();
  }

  @Test
  void round_logRolledBack_isBehindByItsOwnSignature() {
    TestLog older = log.copyOf(10);
    log.grow(7, "honest");
    both.round(log, NOW);
    assertThat(both.round(older, NOW).values()).containsOnly(new Round.Behind(10, 17));
    assertThat(new Witnesses(List.of(one), NOW).round(older, NOW).values())
        .containsOnly(new Round.Behind(10, 17));
    assertThat(both.round(log, NOW).values()).extracting(WitnessesTest::size).containsOnly(17L);
  }

  @Test
  void round_logRewritten_isForkedByItsOwnSignature() {
    both.round(log, NOW);
    TestLog fork = log.copyOf(5).grow(20, "forged");
    assertThat(both.round(fork, NOW).values()).containsOnly(new Round.Forked(10));
    assertThat(new Witnesses(List.of(one), NOW).round(fork, NOW).values())
        .containsOnly(new Round.Forked(10));
    log.grow(15, "honest");
    assertThat(both.round(log, NOW).values()).extracting(WitnessesTest::size).containsOnly(25L);
  }

  @Test
  void round_witnessThatDoesNotKnowTheLog_provesNothing() {
    FakeWitness stranger =
        new FakeWitness(TestKey.of("w.example"), new TestLog(TestKey.of("other")).log(), () -> NOW);
    assertThat(new Witnesses(List.of(stranger), NOW).round(log, NOW).values())
        .containsOnly(new Round.Failed("unknown"));
  }

  @Test
  void round_clockOfTheWitnessFarFromOurs_countsForNothing() {
    Instant far = NOW.plus(WitnessRound.CLOCKS_APART).plusSeconds(1);
    Instant near = NOW.plus(WitnessRound.CLOCKS_APART);
    for (Duration apart : List.of(Duration.between(NOW, far), Duration.between(far, NOW))) {
      FakeWitness wrong = witness("w.example", NOW.plus(apart));
      assertThat(new Witnesses(List.of(wrong), NOW).round(log, NOW).values())
          .singleElement()
          .isInstanceOfSatisfying(
              Round.Failed.class, failed -> assertThat(failed.why()).contains("its clock says"));
    }
    FakeWitness right = witness("w.example", near);
    assertThat(size(new Witnesses(List.of(right), NOW).round(log, NOW).get("w.example")))
        .isEqualTo(10);
  }

  @Test
  void latest_ofEach_byName() {
    both.round(log, NOW);
    two.silent(true);
    Map<String, Witness.Latest> latest = both.latest(log.log());
    assertThat(latest.get("one.example")).isInstanceOf(Witness.Latest.Cosigned.class);
    assertThat(latest.get("two.example")).isEqualTo(new Witness.Latest.Silent("silent"));
  }
}
