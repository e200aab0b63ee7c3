package io.parano.access;

import io.parano.kernel.SessionId;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which sessions end when one of a kind does.
final class Endings {
  private Endings() {}

  /// The ends of every session that is `wanted`, and of those that came from it.
  static List<Change> of(Books books, Predicate<Session> wanted) {
    return changes(sessions(books, wanted));
  }

  static List<Change> changes(List<Session> sessions) {
    List<Change> ends = new ArrayList<>(sessions.size());
    sessions.forEach(session -> ends.add(new Change.EndSession(session.id())));
    return ends;
  }

  /// Every session that is `wanted`, and those that came from it.
  static List<Session> sessions(Books books, Predicate<Session> wanted) {
    Set<SessionId> chosen =
        books.sessions().where(wanted).stream()
            .map(LiveSession::session)
            .map(Session::id)
            .collect(Collectors.toSet());
    return books
        .sessions()
        .where(session ->
            chosen.contains(session.id())
                || (session.parent() != null && chosen.contains(session.parent())))
        .stream()
        .map(LiveSession::session)
        .toList();
  }
}
