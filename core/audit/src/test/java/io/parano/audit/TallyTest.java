package io.parano.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final TallyOutcome LIST_IT = new TallyOutcome.ListIt();
  private static final TallyOutcome COUNTED = new TallyOutcome.Counted();
  private final Tally tally = new Tally();

  @Test
  void seen_sixOfAKind_listsFiveAndCountsTheSixth() {
    for (int i = 0; i < 5; i++) {
      assertThat(seen(NOON, "192.0.2." + i)).isEqualTo(LIST_IT);
    }
    assertThat(seen(NOON.plusSeconds(3), "192.0.2.77")).isEqualTo(COUNTED);
    assertThat(seen(NOON.plusSeconds(9), "192.0.2.78")).isEqualTo(COUNTED);
    List<Event> events = tally.drain(NOON.plusSeconds(10));
    assertThat(events).hasSize(1);
    Event event = events.getFirst();
    assertThat(event.type()).isEqualTo(EventType.COUNTED);
    assertThat(event.at()).isEqualTo(NOON.plusSeconds(10));
    assertThat(event.door()).isEqualTo("web");
    assertThat(event.reason()).isEqualTo(Reason.SESSION_UNKNOWN);
    assertThat(event.facts())
        .containsEntry("what", "pass")
        .containsEntry("times", "2")
        .containsEntry("first", "2026-11-23T12:00:03Z")
        .containsEntry("last", "2026-11-23T12:00:09Z");
    assertThat(event.personal()).containsEntry("source", "192.0.2.0/24");
  }

  @Test
  void seen_nextMinute_listsAgain() {
    for (int i = 0; i < 6; i++) {
      seen(NOON, "192.0.2.1");
    }
    assertThat(seen(NOON.plusSeconds(59), "192.0.2.1")).isEqualTo(COUNTED);
    assertThat(seen(NOON.plusSeconds(60), "192.0.2.1")).isEqualTo(LIST_IT);
  }

  @Test
  void drain_calledAgain_tellsOnlyWhatIsNew() {
    for (int i = 0; i < 7; i++) {
      seen(NOON, "192.0.2.1");
    }
    assertThat(times(tally.drain(NOON))).isEqualTo(2);
    assertThat(tally.drain(NOON)).isEmpty();
    assertThat(seen(NOON, "192.0.2.1")).isEqualTo(COUNTED);
    assertThat(times(tally.drain(NOON))).isEqualTo(1);
  }

  @Test
  void seen_otherKind_hasAnAllowanceOfItsOwn() {
    for (int i = 0; i < 6; i++) {
      seen(NOON, "192.0.2.1");
    }
    IpAddress here = IpAddress.parse("192.0.2.1");
    assertThat(seen(NOON, "192.0.3.1")).isEqualTo(LIST_IT);
    assertThat(tally.seen(NOON, EventType.PASS, null, "web", here)).isEqualTo(LIST_IT);
    assertThat(tally.seen(NOON, EventType.PASS, Reason.SESSION_UNKNOWN, "ssh", here))
        .isEqualTo(LIST_IT);
    assertThat(tally.seen(NOON, EventType.SIGN_IN, Reason.SESSION_UNKNOWN, "web", here))
        .isEqualTo(LIST_IT);
  }

  @Test
  void seen_refusedTouches_areListedWithoutRegardToTheReason() {
    IpAddress here = IpAddress.parse("192.0.2.1");
    for (int i = 0; i < 5; i++) {
      assertThat(tally.seen(NOON, EventType.SIGN_IN_TOUCH, Reason.PERSON_UNKNOWN, "web", here))
          .isEqualTo(LIST_IT);
    }

    assertThat(tally.seen(NOON, EventType.SIGN_IN_TOUCH, Reason.SIGNATURE_INVALID, "web", here))
        .isEqualTo(COUNTED);
    assertThat(tally.drain(NOON))
        .singleElement()
        .satisfies(event -> assertThat(event.reason()).isEqualTo(Reason.SIGNATURE_INVALID));
  }

  @Test
  void seen_ipv6_isGroupedBy48Bits() {
    for (int i = 0; i < 5; i++) {
      assertThat(seen(NOON, "2001:db8:1:" + i + "::1")).isEqualTo(LIST_IT);
    }
    assertThat(seen(NOON, "2001:db8:1:ffff::1")).isEqualTo(COUNTED);
    assertThat(seen(NOON, "2001:db8:2::1")).isEqualTo(LIST_IT);
  }

  @Test
  void seen_fromEverywhere_listsABoundedNumberAndLosesNone() {
    long listed = 0;
    int networks = 20_000;
    for (int i = 0; i < networks; i++) {
      if (seen(NOON, "10." + (i >> 8) + "." + (i & 255) + ".1").equals(LIST_IT)) {
        listed++;
      }
    }
    List<Event> events = tally.drain(NOON);
    assertThat(listed).isEqualTo(300);
    assertThat(events.size()).isLessThanOrEqualTo(4_097);
    assertThat(times(events) + listed).isEqualTo(networks);
    assertThat(events.getLast().facts()).containsEntry("kinds", "many");
  }

  @Test
  void seen_fromManyThreads_losesNone() {
    AtomicLong listed = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      IntStream.range(0, 8)
          .forEach(_ ->
              threads.execute(() -> {
                for (int i = 0; i < 1_000; i++) {
                  if (seen(NOON, "192.0.2.1").equals(LIST_IT)) {
                    listed.incrementAndGet();
                  }
                }
              }));
    }
    assertThat(listed.get()).isEqualTo(5);
    assertThat(times(tally.drain(NOON))).isEqualTo(7_995);
  }

  private TallyOutcome seen(Instant now, String source) {
    return tally.seen(now, EventType.PASS, Reason.SESSION_UNKNOWN, "web", IpAddress.parse(source));
  }

  private static long times(List<Event> events) {
    return events.stream()
        .mapToLong(e -> Long.parseLong(e.facts().getOrDefault("times", "0")))
        .sum();
  }
}
