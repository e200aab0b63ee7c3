package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GcraTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Gcra GCRA = new Gcra(Duration.ofSeconds(10), 3);

  @Test
  void attempt_burst_thenOneEachInterval() {
    long tat = Gcra.FRESH;
    for (int left = 2; left >= 0; left--) {
      var within = (Gcra.Verdict.Within) GCRA.attempt(tat, NOW);
      assertThat(within.left()).isEqualTo(left);
      tat = within.tat();
    }
    assertThat(GCRA.attempt(tat, NOW)).isEqualTo(new Gcra.Verdict.Over(Duration.ofSeconds(10)));
    assertThat(GCRA.attempt(tat, NOW.plusSeconds(4)))
        .isEqualTo(new Gcra.Verdict.Over(Duration.ofSeconds(6)));
    assertThat(GCRA.attempt(tat, NOW.plusSeconds(10))).isInstanceOf(Gcra.Verdict.Within.class);
  }

  @Test
  void attempt_anyTimes_neverMoreThanBurstAndOneEachInterval() {
    // Over any span that began fresh: at most burst + span / interval.
    long tat = Gcra.FRESH;
    int passed = 0;
    for (int second = 0; second <= 600; second++) {
      OptionalLong next = spend(tat, NOW.plusSeconds(second));
      if (next.isPresent()) {
        tat = next.getAsLong();
        passed++;
      }
      assertThat(passed).isLessThanOrEqualTo(3 + second / 10);
    }
    assertThat(passed).isEqualTo(63);
  }

  @Test
  void attempt_afterIdling_isFreshAgain() {
    long tat = spend(spend(Gcra.FRESH, NOW).orElseThrow(), NOW).orElseThrow();
    assertThat(GCRA.fresh(tat, NOW.plusSeconds(19))).isFalse();
    assertThat(GCRA.fresh(tat, NOW.plusSeconds(20))).isTrue();
    assertThat(((Gcra.Verdict.Within) GCRA.attempt(tat, NOW.plusSeconds(20))).left()).isEqualTo(2);
  }

  @Test
  void attempt_clockSetBack_waitsNoLongerThanOneInterval() {
    long tat = GCRA.drained(NOW);
    assertThat(GCRA.attempt(tat, NOW.minus(Duration.ofDays(30))))
        .isEqualTo(new Gcra.Verdict.Over(Duration.ofSeconds(10)));
  }

  @Test
  void refunded_takesOneAttemptBack() {
    long tat = GCRA.refunded(GCRA.drained(NOW));
    assertThat(((Gcra.Verdict.Within) GCRA.attempt(tat, NOW)).left()).isZero();
    assertThat(GCRA.refunded(Gcra.FRESH)).isEqualTo(Gcra.FRESH);
  }

  private static OptionalLong spend(long tat, Instant now) {
    return switch (GCRA.attempt(tat, now)) {
      case Gcra.Verdict.Over over -> OptionalLong.empty();
      case Gcra.Verdict.Within within -> OptionalLong.of(within.tat());
    };
  }
}
