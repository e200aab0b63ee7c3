package io.parano.access;

import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import io.parano.session.Session;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a cut took away, for the doors behind which it may still be open.
public record Taken(List<Ended> ended) {
  /// Nothing in particular: a door looks whether anything is over.
  public static final Taken NOTHING = new Taken(List.of());

  public Taken {
    ended = List.copyOf(ended);
  }

  /// A session that is over now.
  ///
  /// @param host what it was bound to, as [Session#host] says
  public record Ended(
      SessionId session, Session.Kind kind, String host, PersonId person, IpPrefix source) {
    static Ended of(Session session) {
      return new Ended(
          session.id(), session.kind(), session.host(), session.person(), session.source());
    }

    /// Whether something outside this process may go on although the session is over, until it is
    /// told.
    boolean outside() {
      return switch (kind) {
        case VPN, DEVICE -> true;
        // Certificates are on the revocation list as soon as their session is gone.
        case PORTAL, HOST, COMMAND, SSH -> false;
      };
    }
  }

  /// How many of these kinds it took.
  public int count(Session.Kind first, Session.Kind... others) {
    Set<Session.Kind> kinds = EnumSet.of(first, others);
    return (int) ended.stream().filter(one -> kinds.contains(one.kind())).count();
  }

  boolean has(SessionId session) {
    return ended.stream().anyMatch(one -> one.session().equals(session));
  }
}
