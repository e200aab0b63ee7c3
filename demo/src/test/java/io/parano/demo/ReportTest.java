package io.parano.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final Step step =
      Step.of(
          "stolen-cookie",
          Reason.SOURCE_CHANGED,
          Networks.OUTSIDE,
          () -> new Verdict.Refused(Duration.ZERO, ""),
          Networks.desk(21),
          () -> new Verdict.Granted(Duration.ZERO));

  private Outcome outcome(Verdict attack, Reason reason, Verdict twin) {
    return new Outcome(
        step,
        Optional.of(attack),
        Optional.of(Stop.at(reason)),
        Optional.of(twin),
        Optional.empty());
  }

  @Test
  void json_oneStep_hasTheAttackAndItsTwin() {
    Outcome outcome =
        outcome(
            new Verdict.Refused(Duration.ofMillis(2), ""),
            Reason.SOURCE_CHANGED,
            new Verdict.Granted(Duration.ofMillis(3)));
    assertThat(Report.json(List.of(outcome)))
        .isEqualTo(
            """
            [
              {"step":"stolen-cookie","door":"web","source":"127.0.66.10","expected":"refused","verdict":"refused","reason":"source-changed","millis":2.0},
              {"step":"stolen-cookie/twin","door":"web","source":"127.0.10.21","expected":"granted","verdict":"granted","reason":"","millis":3.0}
            ]
            """);
  }

  @Test
  void asExpected_refusedForAnotherReason_isNot() {
    Verdict refused = new Verdict.Refused(Duration.ZERO, "");
    Verdict granted = new Verdict.Granted(Duration.ZERO);
    assertThat(outcome(refused, Reason.SOURCE_CHANGED, granted).asExpected()).isTrue();
    assertThat(outcome(refused, Reason.NO_RULE, granted).asExpected()).isFalse();
    assertThat(outcome(granted, Reason.SOURCE_CHANGED, granted).asExpected()).isFalse();
    assertThat(outcome(refused, Reason.SOURCE_CHANGED, refused).asExpected()).isFalse();
  }
}
