package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Person;
import io.parano.kernel.AuthenticatorId;
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

  /// @param epoch how often everybody had been cut when the levels were looked at
  Grant portal(
      Person person,
      AuthenticatorId token,
      IpAddress source,
      Instant touchedAt,
      long epoch,
      Instant now) {
    String bearer = Portals.text(randomness.bytes(32));
    Session session =
        new Session(
            SessionId.next(now, randomness),
            Portals.digest(bearer),
            Session.Kind.PORTAL,
            settings.signInHost(),
            person.id(),
            token,
            source.binding(),
            person.generation(),
            epoch,
            now,
            touchedAt,
            now.plus(books.policy().policy().sessionLimits().absolute()),
            null);
    return signedIn(bearer, session, source, now);
  }

  /// A session for the command line: bound to what the portal session that confirmed it is bound
  /// to, and living no longer.
  Grant command(LiveSession portal, IpAddress source, Instant now) {
    String bearer = Portals.text(randomness.bytes(32));
    Session parent = portal.session();
    Instant soon = now.plus(COMMAND);
    Session session =
        new Session(
            SessionId.next(now, randomness),
            Portals.digest(bearer),
            Session.Kind.COMMAND,
            settings.signInHost(),
            parent.person(),
            parent.authenticator(),
            source.binding(),
            parent.generation(),
            parent.epoch(),
            now,
            portal.touchedAt(),
            soon.isBefore(parent.endsAt()) ? soon : parent.endsAt(),
            null);
    return signedIn(bearer, session, source, now);
  }

  private Grant signedIn(String bearer, Session session, IpAddress source, Instant now) {
    books.commit(
        Event.at(now, EventType.SIGN_IN, Outcome.DONE)
            .by(session.person())
            .from("web", source)
            .on("session:" + session.id())
            .with("token", session.authenticator().toString())
            .with("factor", books.roster().factor(session.authenticator()).name())
            .with("kind", session.kind().name()),
        new Change.PutSession(session));
    return new Grant(Secret.ofText(bearer), session);
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
