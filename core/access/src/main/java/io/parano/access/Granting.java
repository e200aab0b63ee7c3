package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Authenticator;
import io.parano.identity.Person;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import io.parano.session.LiveSession;
import io.parano.session.Session;
import java.time.Duration;
import java.time.Instant;

/// Makes sessions: recorded and durable before anybody holds their secret.
final class Granting {
  /// A command line's session is short: it lies in a file on somebody's disk.
  private static final Duration COMMAND = Duration.ofHours(1);

  private final Books books;
  private final GateSettings settings;
  private final Randomness randomness;

  Granting(Books books, GateSettings settings, Randomness randomness) {
    this.books = books;
    this.settings = settings;
    this.randomness = randomness;
  }

  /// @param bearer the text that opens the session; only its digest is kept
  record Grant(Secret bearer, Session session) {}

  Grant portal(
      Person person,
      Authenticator token,
      IpAddress source,
      Instant touchedAt,
      Session.Kind kind,
      Instant now) {
    String bearer = Portals.text(randomness.bytes(32));
    Session session =
        new Session(
            SessionId.next(now, randomness),
            Portals.digest(bearer),
            kind,
            settings.signInHost(),
            person.id(),
            token.id(),
            source.binding(),
            person.generation(),
            books.closures().epoch(),
            now,
            touchedAt,
            now.plus(lifetime(kind)),
            null);
    books.commit(
        Event.at(now, EventType.SIGN_IN, Outcome.DONE)
            .by(person.id())
            .from("web", source)
            .on("session:" + session.id())
            .with("token", token.id().toString())
            .with("kind", kind.name()),
        new Change.PutSession(session));
    return new Grant(Secret.ofText(bearer), session);
  }

  private Duration lifetime(Session.Kind kind) {
    Duration absolute = books.policy().policy().sessionLimits().absolute();
    return switch (kind) {
      case PORTAL, HOST -> absolute;
      case COMMAND -> absolute.compareTo(COMMAND) < 0 ? absolute : COMMAND;
    };
  }

  /// A session for one protected host, living no longer than the portal session it comes from.
  Grant host(LiveSession portal, String host, IpAddress source, Instant now) {
    String bearer = Portals.text(randomness.bytes(32));
    Session parent = portal.session();
    Session session =
        new Session(
            SessionId.next(now, randomness),
            Portals.digest(bearer),
            Session.Kind.HOST,
            host,
            parent.person(),
            parent.authenticator(),
            source.binding(),
            parent.generation(),
            parent.epoch(),
            now,
            portal.touchedAt(),
            parent.endsAt(),
            parent.id());
    books.commit(
        Event.at(now, EventType.HOST_SESSION, Outcome.DONE)
            .by(parent.person())
            .from("web", source)
            .on(host)
            .with("session", session.id().toString())
            .with("parent", parent.id().toString()),
        new Change.PutSession(session));
    return new Grant(Secret.ofText(bearer), session);
  }
}
