package io.parano.authn;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The generic cell rate algorithm (ITU-T I.371): a leaky bucket whose whole state is one number,
/// the *theoretical arrival time* at which it would be empty again.
///
/// With `T` the interval and `τ = burst · T` the depth, an attempt at `now` moves the arrival time
/// from `max(tat, now)` to that plus `T`, and conforms when the new time is at most `now + τ`. A
/// bucket whose time is not after `now` is as good as new, so that it need not be kept.
///
/// Arrival times are microseconds since the epoch. The clock comes with each question; one that is
/// set back makes no wait longer than a full bucket's.
record Gcra(Duration interval, int burst) {
  /// The arrival time of a bucket never used.
  static final long FRESH = Long.MIN_VALUE;

  Gcra {
    if (interval.toMillis() < 1 || burst < 1 || interval.multipliedBy(burst).toDays() > 3650) {
      throw new IllegalArgumentException(
          "expected an interval from a millisecond up, a burst from 1 up and ten years at most in all, found %s and %d"
              .formatted(interval, burst));
    }
  }

  sealed interface Verdict {
    /// @param delay how long until the next attempt conforms
    record Over(Duration delay) implements Verdict {}

    /// @param tat the arrival time to keep
    /// @param left how many more attempts would conform at once
    record Within(long tat, int left) implements Verdict {}
  }

  /// What one attempt at `now` does to a bucket with the arrival time `tat`.
  Verdict attempt(long tat, Instant now) {
    long at = micros(now);
    long next = clamp(tat, at) + step();
    long room = at + depth() - next;
    return room < 0
        ? new Verdict.Over(Duration.of(-room, ChronoUnit.MICROS))
        : new Verdict.Within(next, (int) (room / step()));
  }

  /// The arrival time of a bucket in which nothing is left at `now`: the next attempt conforms one
  /// whole interval later.
  long drained(Instant now) {
    return micros(now) + depth();
  }

  /// Takes one attempt back.
  long refunded(long tat) {
    return tat == FRESH ? FRESH : tat - step();
  }

  /// Whether the bucket is as good as new.
  boolean fresh(long tat, Instant now) {
    return tat <= micros(now);
  }

  private long clamp(long tat, long at) {
    return Math.min(Math.max(tat, at), at + depth());
  }

  private long step() {
    return micros(interval);
  }

  private long depth() {
    return micros(interval) * burst;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  private static long micros(Instant now) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, now);
  }
}
