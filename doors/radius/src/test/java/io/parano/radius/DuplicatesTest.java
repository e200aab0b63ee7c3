package io.parano.radius;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// RFC 5080 section 2.2.2.
class DuplicatesTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final Bytes ONE = Bytes.fromHex("01");
  private static final Bytes OTHER = Bytes.fromHex("02");
  private static final Bytes ANSWER = Bytes.fromHex("ff");

  private final Duplicates duplicates = new Duplicates();

  private static Duplicates.Key key(int number) {
    return new Duplicates.Key(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1 + number / 256),
        Port.ACCESS,
        number % 256);
  }

  @Test
  void begin_sameRequest_isUnderWayThenAnswered() {
    assertThat(duplicates.begin(key(0), ONE, NOW)).isInstanceOf(Duplicates.Seen.Fresh.class);
    assertThat(duplicates.begin(key(0), ONE, NOW)).isInstanceOf(Duplicates.Seen.UnderWay.class);
    duplicates.finish(key(0), ONE, ANSWER);
    assertThat(duplicates.begin(key(0), ONE, NOW)).isEqualTo(new Duplicates.Seen.Answered(ANSWER));
  }

  @Test
  void begin_sameIdentifierOtherAuthenticator_isNew() {
    duplicates.begin(key(0), ONE, NOW);
    assertThat(duplicates.begin(key(0), OTHER, NOW)).isInstanceOf(Duplicates.Seen.Fresh.class);
    duplicates.finish(key(0), ONE, ANSWER);
    assertThat(duplicates.begin(key(0), OTHER, NOW)).isInstanceOf(Duplicates.Seen.UnderWay.class);
  }

  @Test
  void begin_droppedOrOld_isNew() {
    duplicates.begin(key(0), ONE, NOW);
    duplicates.drop(key(0), ONE);
    assertThat(duplicates.begin(key(0), ONE, NOW)).isInstanceOf(Duplicates.Seen.Fresh.class);
    duplicates.finish(key(0), ONE, ANSWER);
    assertThat(duplicates.begin(key(0), ONE, NOW.plus(Duplicates.KEPT).minusNanos(1)))
        .isInstanceOf(Duplicates.Seen.Answered.class);
    assertThat(duplicates.begin(key(0), ONE, NOW.plus(Duplicates.KEPT)))
        .isInstanceOf(Duplicates.Seen.Fresh.class);
  }

  @Test
  void flood_isKeptInBounds() {
    for (int i = 0; i < Duplicates.MOST + 1_000; i++) {
      duplicates.begin(key(i), ONE, NOW);
    }
    assertThat(duplicates.size()).isEqualTo(Duplicates.MOST);
    Bytes large = Bytes.of(new byte[4096]);
    for (int i = 0; i < 10_000; i++) {
      duplicates.begin(key(i), OTHER, NOW);
      duplicates.finish(key(i), OTHER, large);
    }
    assertThat(duplicates.size()).isLessThan(Duplicates.MOST_OCTETS / 4096 + 1_000);
  }
}
