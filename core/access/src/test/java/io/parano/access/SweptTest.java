package io.parano.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import io.parano.session.Session;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweptTest {
  private final Swept swept = new Swept();

  @Test
  void count_whatARoundEndedJustBefore_isTheCutsAndOnceOnly() {
    assertThat(swept.count(List.of(session(1)), Taken.NOTHING)).isEqualTo(1);
    assertThat(swept.count(List.of(session(2)), taken(1, 2, 3))).isEqualTo(2);
    assertThat(swept.count(List.of(), taken(1, 2, 3))).isZero();
  }

  @Test
  void count_whatARoundEndedForSomethingElse_isNotTheCuts() {
    assertThat(swept.count(List.of(session(1)), Taken.NOTHING)).isEqualTo(1);
    assertThat(swept.count(List.of(), taken(2))).isZero();
  }

  /// A session may have several things open.
  @Test
  void count_severalOfOneSession_areAllTheCuts() {
    assertThat(swept.count(List.of(session(1), session(1)), Taken.NOTHING)).isEqualTo(2);
    assertThat(swept.count(List.of(session(1)), Taken.NOTHING)).as("seen again").isEqualTo(1);
    assertThat(swept.count(List.of(session(1)), taken(1))).isEqualTo(2);
    assertThat(swept.count(List.of(session(1)), taken(1))).isEqualTo(1);
  }

  private static Taken taken(int... numbers) {
    return new Taken(
        Arrays.stream(numbers)
            .mapToObj(number ->
                new Taken.Ended(
                    session(number),
                    Session.Kind.VPN,
                    "vpn-1",
                    PersonId.next(Instant.EPOCH, bytes -> bytes[0] = 1),
                    IpPrefix.parse("192.0.2.7/32")))
            .toList());
  }

  private static SessionId session(int number) {
    return SessionId.next(Instant.EPOCH.plusSeconds(number), bytes -> bytes[0] = 1);
  }
}
