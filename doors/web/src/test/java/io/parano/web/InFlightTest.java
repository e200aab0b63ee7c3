package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Door;
import io.parano.access.Taken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightTest {
  @Test
  void closed_nothingUnderWay_returns() {
    var _ = new InFlight().closed(Taken.NOTHING);
  }

  @Test
  void closed_requestWaitsForADiskThatHangs_saysSoInTime() {
    InFlight inFlight = new InFlight(Duration.ofMillis(20));
    InFlight.Round hanging = inFlight.enter();

    assertThatThrownBy(() -> inFlight.closed(Taken.NOTHING))
        .isInstanceOf(Door.Silent.class)
        .hasMessageContaining("log");

    hanging.leave();
    var _ = inFlight.closed(Taken.NOTHING);
  }

  @Test
  void closed_requestLetThroughBefore_waitsForItsAnswer() throws Exception {
    InFlight inFlight = new InFlight();
    InFlight.Round before = inFlight.enter();
    CountDownLatch returned = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          var _ = inFlight.closed(Taken.NOTHING);
          returned.countDown();
        });
    InFlight.Round after = inFlight.enter();
    while (after == before) {
      // The cut had not begun its round yet.
      after.leave();
      after = inFlight.enter();
    }
    assertThat(returned.getCount()).isEqualTo(1);

    before.leave();

    assertThat(returned.await(5, TimeUnit.SECONDS))
        .as("requests that came later don't count")
        .isTrue();
    after.leave();
  }
}
