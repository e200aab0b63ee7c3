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
    Set<SessionId> chosen =
        books.sessions().where(wanted).stream()
            .map(LiveSession::session)
            .map(Session::id)
            .collect(Collectors.toSet());
    List<Change> ends = new ArrayList<>();
    books
        .sessions()
        .where(session ->
            chosen.contains(session.id())
                || (session.parent() != null && chosen.contains(session.parent())))
        .forEach(live -> ends.add(new Change.EndSession(live.session().id())));
    return ends;
  }
}
