package io.parano.session;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A session in memory: what was granted, and how it is being used. The grant itself never changes
/// here; use does.
public final class LiveSession {
  private final Session session;
  private final @Nullable LiveSession parent;
  private final Set<String> uses = ConcurrentHashMap.newKeySet();
  private final LongAdder passes = new LongAdder();
  private volatile Instant lastSeen;
  private volatile Instant touchedAt;

  public LiveSession(Session session, @Nullable LiveSession parent, Instant lastSeen) {
    this.session = session;
    this.parent = parent;
    this.lastSeen = lastSeen;
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
    return lastSeen;
  }

  /// Used just now; a child's use keeps its parent from falling idle.
  public void seen(Instant now) {
    if (now.isAfter(lastSeen)) {
      lastSeen = now;
    }
    if (parent != null) {
      parent.seen(now);
    }
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

  public void recordUse(String use) {
    uses.add(use);
  }

  /// Counts a request that passed.
  public void passed() {
    passes.increment();
  }

  public long passes() {
    return passes.sum();
  }
}
