package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.AssertionResponse;
import io.parano.identity.Authenticator;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.time.InstantSource;

/// A fresh touch within a live session.
final class StepUp {
  private final Books books;
  private final Portals portals;
  private final Ceremonies ceremonies;
  private final Touches touches;
  private final Journal journal;
  private final Randomness randomness;
  private final InstantSource clock;

  StepUp(
      Books books,
      Portals portals,
      Ceremonies ceremonies,
      Touches touches,
      Journal journal,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.ceremonies = ceremonies;
    this.touches = touches;
    this.journal = journal;
    this.randomness = randomness;
    this.clock = clock;
  }

  SigningIn.Begun begin(String bearer, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findPortal(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new SigningIn.Begun.Refused(reason);
      case Portals.Found.Holder(var live, var person) -> {
        Bytes challenge = Bytes.of(randomness.bytes(32));
        var ceremony =
            new Ceremony.SteppingUp(
                live.id(),
                person.id(),
                challenge,
                source.binding(),
                now.plus(GateSettings.CEREMONY));
        var allowed =
            books.roster().tokensOf(person.id()).stream()
                .filter(token -> token.usable(now))
                .map(Authenticator::credentialId)
                .toList();
        yield ceremonies
            .begin(ceremony, now)
            .<SigningIn.Begun>map(
                id -> new SigningIn.Begun.Options(id, challenge, allowed, GateSettings.CEREMONY))
            .orElseGet(() -> new SigningIn.Begun.Refused(Reason.RATE_LIMITED));
      }
    };
  }

  SigningIn.Touched finish(
      String bearer, String id, AssertionResponse assertion, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findPortal(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new SigningIn.Touched.Refused(reason);
      case Portals.Found.Holder holder -> {
        if (ceremonies.take(id, now).orElse(null) instanceof Ceremony.SteppingUp begun
            && begun.session().equals(holder.live().session().id())) {
          yield touched(holder, begun, assertion, source, now);
        }
        yield new SigningIn.Touched.Refused(Reason.CEREMONY_UNKNOWN);
      }
    };
  }

  private SigningIn.Touched touched(
      Portals.Found.Holder holder,
      Ceremony.SteppingUp begun,
      AssertionResponse assertion,
      IpAddress source,
      Instant now) {
    Event event =
        Event.at(now, EventType.STEP_UP, Outcome.DONE)
            .by(holder.person().id())
            .from("web", source)
            .on("session:" + begun.session());
    return switch (touches.verify(holder.person(), begun.challenge(), assertion, source, now)) {
      case Touches.Touch.Refused(var reason, var detail) -> {
        journal.refused(
            Event.at(now, EventType.STEP_UP, Outcome.REFUSED)
                .by(holder.person().id())
                .from("web", source)
                .because(reason)
                .with("detail", detail),
            source);
        yield new SigningIn.Touched.Refused(reason);
      }
      case Touches.Touch.Accepted accepted -> {
        books.commit(
            event.with("token", accepted.token().id().toString()),
            accepted.count(),
            new Change.TouchSession(begun.session(), now));
        yield new SigningIn.Touched.Accepted();
      }
    };
  }
}
