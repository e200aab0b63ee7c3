package io.parano.access;

import io.parano.identity.Authenticator;
import io.parano.identity.HeldToken;
import io.parano.identity.Member;
import io.parano.identity.Person;
import io.parano.kernel.Digest;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import io.parano.kernel.SessionId;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The sessions in memory, found by the digest of their bearer secret. Changed only by [Books].
public final class LiveSessions {
  /// How many ended sessions are told from bearers that never opened anything. For the log alone.
  private static final int REMEMBERED = 10_000;

  private final TokenTable byToken = new TokenTable();
  private final Map<SessionId, LiveSession> byId = new ConcurrentHashMap<>();
  private final Map<PersonId, Set<LiveSession>> byPerson = new ConcurrentHashMap<>();
  private final Set<Digest> ended =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Digest, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  LiveSessions() {}

  public @Nullable LiveSession withToken(Digest token) {
    return byToken.find(token);
  }

  /// The session that [#withToken] asks first, which is nearly always the one; null for none. Reads
  /// nothing of it.
  @Nullable LiveSession likely(Digest token) {
    return byToken.likely(token);
  }

  /// Why [#withToken] finds nothing: it was ended, or never was.
  Reason absence(Digest token) {
    synchronized (ended) {
      return ended.contains(token) ? Reason.SESSION_CUT : Reason.SESSION_UNKNOWN;
    }
  }

  public @Nullable LiveSession with(SessionId id) {
    return byId.get(id);
  }

  /// Somebody's, in no order.
  Set<LiveSession> of(PersonId person) {
    return byPerson.getOrDefault(person, Set.of());
  }

  public List<LiveSession> where(Predicate<Session> wanted) {
    return byId.values().stream().filter(live -> wanted.test(live.session())).toList();
  }

  public int size() {
    return byId.size();
  }

  /// When each was last used, for those of which the store knows no use within `behind` of that.
  Map<SessionId, Instant> unnoted(Duration behind) {
    Map<SessionId, Instant> seen = new HashMap<>();
    byId.forEach((id, live) -> {
      Instant at = live.unnoted(behind);
      if (at != null) {
        seen.put(id, at);
      }
    });
    return seen;
  }

  /// The store knows all of these now.
  void noted(Map<SessionId, Instant> seen) {
    seen.forEach((id, at) -> {
      LiveSession live = byId.get(id);
      if (live != null) {
        live.noted(at);
      }
    });
  }

  /// A session already here keeps its use.
  ///
  /// @param member whom it was granted to; heldToken, which was shown
  void put(Session put, Member member, HeldToken heldToken, Instant lastSeen) {
    if (byId.containsKey(put.id())) {
      return;
    }
    LiveSession parent = put.parent() == null ? null : byId.get(put.parent());
    Session session = shared(put, member, heldToken, parent);
    LiveSession live = new LiveSession(session, parent, member, heldToken, lastSeen);
    byId.put(session.id(), live);
    byToken.put(live);
    byPerson.computeIfAbsent(session.person(), one -> ConcurrentHashMap.newKeySet(2)).add(live);
  }

  private static Session shared(
      Session put, Member member, HeldToken heldToken, @Nullable LiveSession parent) {
    Person person = member.person();
    Authenticator token = heldToken.authenticator();
    return put.sharing(
        person == null ? put.person() : person.id(),
        token == null ? put.authenticator() : token.id(),
        parent == null ? null : parent.id());
  }

  void touch(SessionId id, Instant at) {
    LiveSession touched = byId.get(id);
    if (touched != null) {
      touched.touched(at);
    }
  }

  void end(SessionId id) {
    LiveSession gone = byId.remove(id);
    if (gone != null) {
      gone.end();
      synchronized (ended) {
        ended.add(gone.token());
      }
      byToken.remove(gone.token());
      byPerson.computeIfPresent(
          gone.person(),
          (person, own) -> {
            own.remove(gone);
            return own.isEmpty() ? null : own;
          });
    }
  }
}
