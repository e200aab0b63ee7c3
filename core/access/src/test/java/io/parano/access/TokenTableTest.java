package io.parano.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.identity.HeldToken;
import io.parano.identity.Member;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Digest;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of sessions against a map that does the same, and while others write.
class TokenTableTest {
  private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

  private final TokenTable table = new TokenTable();

  /// Seeds are fixed, so that a failure can be repeated; few digests, so that they come again.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyOperations_sameAsAMap(long seed) {
    Random random = new Random(seed);
    Map<Digest, LiveSession> model = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      Digest token = digest(random);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          LiveSession session = session(token);
          table.put(session);
          model.put(token, session);
        }
        case 2 -> {
          table.remove(token);
          model.remove(token);
        }
        default -> assertThat(table.find(token)).isSameAs(model.get(token));
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    model.forEach((token, session) -> assertThat(table.find(token)).isSameAs(session));
  }

  @Test
  void find_digestThatDiffersInItsLastBits_isNobody() {
    table.put(session(new Digest(7, 7, 7, 7)));

    assertThat(table.find(new Digest(7, 7, 7, 7))).isNotNull();
    assertThat(table.find(new Digest(7, 7, 7, 6))).isNull();
    assertThat(table.find(new Digest(7, 6, 7, 7))).isNull();
    assertThat(table.find(new Digest(6, 7, 7, 7))).isNull();
  }

  /// Digests whose mark is that of a free slot, and the one that stands for it.
  @Test
  void find_firstBitsZeroOrOne_areToldApart() {
    LiveSession zero = session(new Digest(0, 3, 0, 0));
    LiveSession one = session(new Digest(1, 3, 0, 0));
    table.put(zero);
    table.put(one);

    assertThat(table.find(new Digest(0, 3, 0, 0))).isSameAs(zero);
    assertThat(table.find(new Digest(1, 3, 0, 0))).isSameAs(one);
  }

  /// Whoever reads meanwhile always finds what stays, and never another's.
  @Test
  void find_whileOthersComeAndGo_findsWhatStaysAndNobodyElse() throws InterruptedException {
    LiveSession stays = session(new Digest(9, 1, 0, 0));
    table.put(stays);
    AtomicBoolean wrong = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch reading = new CountDownLatch(1);
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              do {
                LiveSession other = table.find(new Digest(4, 1, 0, 4));
                wrong.compareAndSet(false, table.find(new Digest(9, 1, 0, 0)) != stays);
                wrong.compareAndSet(
                    false, other != null && !other.hasToken(new Digest(4, 1, 0, 4)));
                reading.countDown();
              } while (!done.get());
            });
    reading.await();
    for (int i = 0; i < 20_000; i++) {
      // All of them collide.
      table.put(session(new Digest(4, 1, 0, i % 8)));
      table.remove(new Digest(4, 1, 0, (i + 4) % 8));
    }
    done.set(true);
    reader.join();

    assertThat(wrong).isFalse();
  }

  private static Digest digest(Random random) {
    return new Digest(random.nextInt(4), random.nextInt(40), 0, random.nextInt(3));
  }

  private static LiveSession session(Digest token) {
    return new LiveSession(
        new Session(
            SessionId.next(START, bytes -> {}),
            token,
            Session.Kind.PORTAL,
            "auth.example",
            PersonId.next(START, bytes -> {}),
            AuthenticatorId.next(START, bytes -> {}),
            IpPrefix.parse("192.0.2.7/32"),
            1,
            0,
            START,
            START,
            START.plus(Duration.ofHours(12)),
            null),
        null,
        new Member(),
        new HeldToken(),
        START);
  }
}
