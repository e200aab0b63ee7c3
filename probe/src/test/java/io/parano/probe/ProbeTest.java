package io.parano.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void run_refusedBesideAGrantedTwin_isHeld() {
    assertThat(probe(() -> false, () -> true).run()).isInstanceOf(Outcome.Held.class);
  }

  @Test
  void run_granted_isBroken() {
    assertThat(probe(() -> true, () -> true).run()).isEqualTo(new Outcome.Broken());
  }

  @Test
  void run_twinRefused_saysNothingAndDoesNotAttack() {
    AtomicBoolean attacked = new AtomicBoolean();
    Outcome outcome =
        probe(
                () -> {
                  attacked.set(true);
                  return false;
                },
                () -> false)
            .run();

    assertThat(outcome).isEqualTo(new Outcome.NotRun(Outcome.Why.TWIN_REFUSED, ""));
    assertThat(attacked).isFalse();
  }

  @Test
  void run_noAnswer_isNeitherHeldNorBroken() {
    assertThat(
            probe(
                    () -> {
                      throw new IOException("nobody there");
                    },
                    () -> true)
                .run())
        .isEqualTo(new Outcome.NotRun(Outcome.Why.TROUBLE, "nobody there"));
  }

  private static Probe probe(Probe.Attempt attack, Probe.Attempt twin) {
    return new Probe("P1", "test", attack, twin);
  }
}
