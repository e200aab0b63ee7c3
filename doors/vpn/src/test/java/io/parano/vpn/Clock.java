package io.parano.vpn;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Time that passes when a test says so.
final class Clock implements InstantSource, LongSupplier {
  private Instant now = Instant.parse("2026-11-26T12:00:00Z");
  private long nanos = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

  /// Both clocks. The nanoseconds overflow on the way, as they may.
  synchronized void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /// Somebody sets the machine's clock.
  synchronized void set(Duration by) {
    now = now.plus(by);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized long getAsLong() {
    return nanos;
  }
}
