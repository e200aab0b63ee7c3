package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.IpAddress;
import io.parano.web.WebConfig.Limits;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final IpAddress OFFICE = IpAddress.parse("192.0.2.1");
  private static final IpAddress ELSEWHERE = IpAddress.parse("198.51.100.1");
  private static final Limits TWO_EACH =
      new Limits(1, 1, 1, 1, 3, 2, Duration.ofSeconds(1), Duration.ofSeconds(1));

  private final CountDownLatch hold = new CountDownLatch(1);
  private final Workers workers = new Workers(TWO_EACH);

  private void held() {
    try {
      hold.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void startInTurn_wholeOfficeAtOnce_allComeToTheirTurn() throws Exception {
    CountDownLatch all = new CountDownLatch(500);
    for (int i = 0; i < 500; i++) {
      assertThat(
              workers.startInTurn(
                  OFFICE,
                  () -> {
                    held();
                    all.countDown();
                  }))
          .isTrue();
    }
    assertThat(workers.start(OFFICE, all::countDown)).as("pages don't wait").isFalse();
    CountDownLatch neighbour = new CountDownLatch(1);
    assertThat(workers.start(ELSEWHERE, neighbour::countDown)).isTrue();
    assertThat(neighbour.await(5, TimeUnit.SECONDS)).isTrue();

    hold.countDown();

    assertThat(all.await(5, TimeUnit.SECONDS)).isTrue();
    workers.close();
  }

  @Test
  void startInTurn_moreThanMayWait_isTurnedAwayAndTheNeighbourIsNot() {
    for (int i = 0; i < 2 + Workers.WAITING_PER_SOURCE; i++) {
      assertThat(workers.startInTurn(OFFICE, this::held)).isTrue();
    }

    assertThat(workers.startInTurn(OFFICE, this::held)).isFalse();
    assertThat(workers.startInTurn(ELSEWHERE, this::held)).isTrue();
    hold.countDown();
    workers.close();
  }
}
