package io.parano.session;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/// A session in memory: what was granted, and how it is being used. The grant itself never changes
/// here; use does.
///
/// Every request that passes writes here, a hundred thousand sessions live for hours, and nothing
/// that a request makes may live as long: the time of last use is therefore a number, and not an
/// object that the collector would have to keep up with. What every request reads is a number for
/// another reason: with that many sessions each object more is a wait for memory.
public final class LiveSession {
  private static final AtomicLongFieldUpdater<LiveSession> PASSES =
      AtomicLongFieldUpdater.newUpdater(LiveSession.class, "passes");

  private final Session session;
  private final @Nullable LiveSession parent;
  private final long endsAt;

  @SuppressWarnings("unused") // by PASSES
  private volatile long passes;

  /// Few, and replaced whole.
  private volatile Set<String> uses = Set.of();

  /// Microseconds since the epoch, as the store keeps it; cut off, so that it is never late.
  private volatile long lastSeen;

  /// As [#lastSeen], as far as the store knows.
  private volatile long noted;

  private volatile Instant touchedAt;

  public LiveSession(Session session, @Nullable LiveSession parent, Instant lastSeen) {
    this.session = session;
    this.parent = parent;
    this.endsAt = micros(session.endsAt());
    this.lastSeen = micros(lastSeen);
    this.noted = this.lastSeen;
    this.touchedAt = session.touchedAt();
  }

  public Session session() {
    return session;
  }

  /// The portal session from which this one came; null for one that stands alone.
  public @Nullable LiveSession parent() {
    return parent;
  }

  public Instant lastSeen() {
    return Instant.EPOCH.plus(lastSeen, ChronoUnit.MICROS);
  }

  /// Whether its time is over. Cut off to microseconds, so never late.
  boolean isOverAt(Instant at) {
    return micros(at) >= endsAt;
  }

  /// Whether it was left unused for `idle`.
  boolean isIdleAt(Instant at, Duration idle) {
    return micros(at) >= lastSeen + TimeUnit.MICROSECONDS.convert(idle);
  }

  /// Used just now; a child's use keeps its parent from falling idle.
  public void seen(Instant now) {
    long at = micros(now);
    if (at > lastSeen) {
      lastSeen = at;
    }
    if (parent != null) {
      parent.seen(now);
    }
  }

  /// When it was last used, if that is more than `behind` later than what the store knows; else
  /// null.
  public @Nullable Instant unnoted(Duration behind) {
    return lastSeen - noted > TimeUnit.MICROSECONDS.convert(behind) ? lastSeen() : null;
  }

  /// The store knows now that it was used at `seen`.
  public void noted(Instant seen) {
    noted = micros(seen);
  }

  /// When the token was last touched, here or in the portal session.
  public Instant touchedAt() {
    return parent == null ? touchedAt : parent.touchedAt();
  }

  public void touched(Instant at) {
    touchedAt = at;
  }

  /// Whether `use` was recorded before in this session.
  public boolean used(String use) {
    return uses.contains(use);
  }

  public synchronized void recordUse(String use) {
    Set<String> more = new HashSet<>(uses);
    more.add(use);
    uses = Set.copyOf(more);
  }

  /// Counts a request that passed.
  public void passed() {
    PASSES.incrementAndGet(this);
  }

  public long passes() {
    return passes;
  }

  private static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
  }
}
