package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.SessionId;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which sessions end when one of a kind does.
final class Endings {
  private Endings() {}

  /// The ends of every session that is `wanted`, of what was granted at an address that one of them
  /// held by lease, and of those that came from any of these.
  static List<Change> of(Books books, Predicate<Session> wanted) {
    Set<SessionId> chosen = ids(books, wanted);
    Set<IpAddress> freed = new HashSet<>();
    for (SessionId id : chosen) {
      Leases.Held held = books.leases().of(id);
      if (held != null) {
        freed.add(held.lease().address());
      }
    }
    if (!freed.isEmpty()) {
      chosen.addAll(ids(books, session -> isAmong(freed, session)));
    }
    List<Change> ends = new ArrayList<>();
    books
        .sessions()
        .where(session ->
            chosen.contains(session.id())
                || (session.parent() != null && chosen.contains(session.parent())))
        .forEach(live -> ends.add(new Change.EndSession(live.session().id())));
    return ends;
  }

  /// The end of one session; what came from it is over by that.
  static List<Change> of(Books books, Session session) {
    return books.leases().of(session.id()) == null
        ? List.of(new Change.EndSession(session.id()))
        : of(books, one -> one.id().equals(session.id()));
  }

  /// Whether what was granted is bound to `address`, one that can be leased.
  static boolean at(Session session, IpAddress address) {
    return session.source().bits() == 128 && session.source().first().equals(address);
  }

  /// Whether it is a tunnel whose far end has an address of `network` by lease.
  static boolean holdsAddressIn(Books books, Session session, IpPrefix network) {
    Leases.Held held = books.leases().of(session.id());
    return held != null && network.contains(held.lease().address());
  }

  private static boolean isAmong(Set<IpAddress> addresses, Session session) {
    return session.source().bits() == 128 && addresses.contains(session.source().first());
  }

  private static Set<SessionId> ids(Books books, Predicate<Session> wanted) {
    return books.sessions().where(wanted).stream()
        .map(LiveSession::session)
        .map(Session::id)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
