package io.parano.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.identity.HeldToken;
import io.parano.identity.Member;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Digest;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What use does to a session in memory. */
class LiveSessionTest {
  private static final Instant START = Instant.parse("2026-03-01T09:00:00.123456789Z");

  @Test
  void seen_laterInstant_isKeptToTheMicrosecondAndNeverLate() {
    LiveSession live = live(null);

    live.seen(START.plusNanos(5_000));

    assertThat(live.lastSeen()).isEqualTo(Instant.parse("2026-03-01T09:00:00.123461Z"));
    assertThat(live.lastSeen()).isBeforeOrEqualTo(START.plusNanos(5_000));
  }

  @Test
  void seen_earlierInstant_changesNothing() {
    LiveSession live = live(null);
    Instant before = live.lastSeen();

    live.seen(START.minusSeconds(1));

    assertThat(live.lastSeen()).isEqualTo(before);
  }

  @Test
  void seen_child_keepsItsParentFromFallingIdle() {
    LiveSession portal = live(null);

    live(portal).seen(START.plusSeconds(60));

    assertThat(portal.lastSeen()).isEqualTo(Instant.parse("2026-03-01T09:01:00.123456Z"));
  }

  @Test
  void unnoted_seenLaterThanTheStoreKnows_isToldUntilItIsNoted() {
    LiveSession live = live(null);
    live.seen(START.plusSeconds(60));

    assertThat(live.unnoted(Duration.ofSeconds(60))).isNull();
    assertThat(live.unnoted(Duration.ofSeconds(59))).isEqualTo(live.lastSeen());

    live.noted(live.lastSeen());
    assertThat(live.unnoted(Duration.ZERO)).isNull();
  }

  @Test
  void used_recordedUse_isOneAndOthersAreNot() {
    LiveSession live = live(null);

    live.recordUse("wages");
    live.recordUse("reports");
    live.recordUse("wages");

    assertThat(live.used("wages")).isTrue();
    assertThat(live.used("reports")).isTrue();
    assertThat(live.used("customers")).isFalse();
  }

  private static LiveSession live(@Nullable LiveSession parent) {
    byte[] nothing = new byte[32];
    return new LiveSession(
        new Session(
            SessionId.next(START, bytes -> {}),
            Digest.fromBytes(nothing),
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
            parent == null ? null : parent.session().id()),
        parent,
        new Member(),
        new HeldToken(),
        START);
  }
}
