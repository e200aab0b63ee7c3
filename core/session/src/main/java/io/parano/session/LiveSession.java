package io.parano.session;

import io.parano.identity.HeldToken;
import io.parano.identity.Member;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
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
/// object that the collector would have to keep up with. The grant stands here as numbers, of the
/// store's own precision, and its person and token can be reached from here: with that many
/// sessions each object more is a wait for memory, and work for the collector.
public final class LiveSession {
  private static final AtomicLongFieldUpdater<LiveSession> PASSES =
      AtomicLongFieldUpdater.newUpdater(LiveSession.class, "passes");
  private static final AtomicLongFieldUpdater<LiveSession> LAST_SEEN =
      AtomicLongFieldUpdater.newUpdater(LiveSession.class, "lastSeen");

  private final SessionId id;
  private final long tokenA;
  private final long tokenB;
  private final long tokenC;
  private final long tokenD;
  private final long startedAt;
  private final long endsAt;
  private final long sourceHigh;
  private final long sourceLow;
  private final int sourceBits;
  private final long generation;
  private final long epoch;
  private final Session.Kind kind;
  private final String host;
  private final PersonId person;
  private final AuthenticatorId authenticator;
  private final @Nullable SessionId parentId;
  private final @Nullable LiveSession parent;
  private final Member member;
  private final HeldToken heldToken;

  @SuppressWarnings("unused") // by PASSES
  private volatile long passes;

  /// Microseconds since the epoch, as the store keeps it; cut off, so that it is never late.
  private volatile long lastSeen;

  /// As [#lastSeen], as far as the store knows.
  private volatile long noted;

  /// The use that was recorded last; most sessions have one.
  private volatile @Nullable String lastUse;

  /// Those before it: few, and replaced whole.
  private volatile Set<String> earlierUses = Set.of();

  private volatile long touchedAt;

  private volatile boolean ended;

  /// @param member whom it was granted to, as they stand; heldToken, which was shown, likewise
  public LiveSession(
      Session session,
      @Nullable LiveSession parent,
      Member member,
      HeldToken heldToken,
      Instant lastSeen) {
    this.id = session.id();
    this.tokenA = session.token().a();
    this.tokenB = session.token().b();
    this.tokenC = session.token().c();
    this.tokenD = session.token().d();
    this.startedAt = micros(session.startedAt());
    this.endsAt = micros(session.endsAt());
    this.sourceHigh = session.source().first().high();
    this.sourceLow = session.source().first().low();
    this.sourceBits = session.source().bits();
    this.generation = session.generation();
    this.epoch = session.epoch();
    this.kind = session.kind();
    this.host = session.host();
    this.person = session.person();
    this.authenticator = session.authenticator();
    this.parentId = session.parent();
    this.parent = parent;
    this.member = member;
    this.heldToken = heldToken;
    this.lastSeen = micros(lastSeen);
    this.noted = this.lastSeen;
    this.touchedAt = micros(session.touchedAt());
  }

  /// The grant as the store keeps it, put together anew for whoever asks.
  public Session session() {
    return new Session(
        id,
        token(),
        kind,
        host,
        person,
        authenticator,
        new IpPrefix(new IpAddress(sourceHigh, sourceLow), sourceBits),
        generation,
        epoch,
        instant(startedAt),
        instant(touchedAt),
        instant(endsAt),
        parentId);
  }

  public SessionId id() {
    return id;
  }

  public Digest token() {
    return new Digest(tokenA, tokenB, tokenC, tokenD);
  }

  /// The portal session from which this one came; null for one that stands alone.
  public @Nullable LiveSession parent() {
    return parent;
  }

  /// Whether a bearer of that digest opens it.
  public boolean hasToken(Digest token) {
    return tokenA == token.a() && tokenB == token.b() && tokenC == token.c() && tokenD == token.d();
  }

  /// Whom it was granted to, as they stand now.
  public Member member() {
    return member;
  }

  /// The token that was shown, as it stands now.
  public HeldToken heldToken() {
    return heldToken;
  }

  /// As [Session#kind].
  public Session.Kind kind() {
    return kind;
  }

  /// As [Session#host].
  public String host() {
    return host;
  }

  /// As [Session#person].
  public PersonId person() {
    return person;
  }

  /// As [Session#authenticator].
  public AuthenticatorId authenticator() {
    return authenticator;
  }

  /// Whether it came from a portal session, whether or not that is still there.
  boolean isChild() {
    return parentId != null;
  }

  /// As [Session#generation].
  public long generation() {
    return generation;
  }

  /// As [Session#epoch].
  public long epoch() {
    return epoch;
  }

  /// Whether it was granted to where `address` is.
  boolean isFrom(IpAddress address) {
    return IpPrefix.contains(sourceHigh, sourceLow, sourceBits, address);
  }

  public Instant lastSeen() {
    return instant(lastSeen);
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
      // Without the fence that a volatile store has: nobody waits for it.
      LAST_SEEN.lazySet(this, at);
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
    return parent == null ? instant(touchedAt) : parent.touchedAt();
  }

  public void touched(Instant at) {
    touchedAt = micros(at);
  }

  /// It was, and so is what came from it, also what came while its end was worked out.
  public void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  /// Whether `use` was recorded before in this session.
  public boolean used(String use) {
    return use.equals(lastUse) || earlierUses.contains(use);
  }

  /// Whether any use was recorded since we began.
  public boolean isUsed() {
    return lastUse != null;
  }

  public synchronized void recordUse(String use) {
    String before = lastUse;
    if (before != null && !before.equals(use)) {
      Set<String> more = new HashSet<>(earlierUses);
      more.add(before);
      earlierUses = Set.copyOf(more);
    }
    lastUse = use;
  }

  /// For whoever reads ahead: a part of what lies at the beginning of this in memory. What is not a
  /// number lies at the end.
  public long firstPlace() {
    return tokenA;
  }

  /// As [#firstPlace], of what lies between.
  public long middlePlace() {
    return epoch;
  }

  /// Counts a request that passed.
  public void passed() {
    PASSES.incrementAndGet(this);
  }

  public long passes() {
    return passes;
  }

  /// As [Session#startedAt].
  public Instant startedAt() {
    return instant(startedAt);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
  }
}
