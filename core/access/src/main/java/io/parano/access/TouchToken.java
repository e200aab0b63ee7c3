package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.AssertionResponse;
import io.parano.authn.Assertions;
import io.parano.identity.Person;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The second step in: a touch of the person's own token, by somebody who has the first level. Only
/// after it is a password tried.
final class TouchToken {
  private final Books books;
  private final Beginnings beginnings;
  private final Offers offers;
  private final Ceremonies ceremonies;
  private final Touches touches;
  private final FirstLevel first;
  private final Journal journal;
  private final InstantSource clock;

  TouchToken(
      Books books,
      Beginnings beginnings,
      Offers offers,
      Ceremonies ceremonies,
      Touches touches,
      FirstLevel first,
      Journal journal,
      InstantSource clock) {
    this.books = books;
    this.beginnings = beginnings;
    this.offers = offers;
    this.ceremonies = ceremonies;
    this.touches = touches;
    this.first = first;
    this.journal = journal;
    this.clock = clock;
  }

  SigningIn.Touched touch(String id, AssertionResponse assertion, IpAddress source) {
    Instant now = clock.instant();
    Beginnings.Beginning begun = beginnings.take(id, now).orElse(null);
    if (begun == null) {
      return refuse(null, Reason.CEREMONY_UNKNOWN, "", source, now);
    }
    Person person = books.roster().named(begun.name()).orElse(null);
    Reason refusal = refusal(begun, person, source, now);
    Touches.Touch touch =
        touches.verify(
            refusal == null ? person : null,
            begun.challenge(),
            assertion,
            offers.to(begun.name()).getOrDefault(assertion.credentialId(), Assertions.NOBODYS_KEY),
            source,
            now);
    return switch (touch) {
      case Touches.Touch.Refused(var reason, var detail) -> {
        beginnings.giveBack(begun);
        yield refuse(person, refusal == null ? reason : refusal, detail, source, now);
      }
      case Touches.Touch.Accepted accepted -> accept(id, accepted, person, source, now);
    };
  }

  private SigningIn.Touched accept(
      String id,
      Touches.Touch.Accepted touch,
      @Nullable Person person,
      IpAddress source,
      Instant now) {
    if (person == null) {
      throw new IllegalStateException("a touch was accepted for nobody");
    }
    books.commit(
        Event.at(now, EventType.SIGN_IN_TOUCH, Outcome.DONE)
            .by(person.id())
            .from("web", source)
            .on("token:" + touch.token().id()),
        touch.count());
    ceremonies.resume(
        id,
        new Ceremony.Touched(
            person.id(),
            touch.token().id(),
            now,
            0,
            source.binding(),
            now.plus(GateSettings.CEREMONY)));
    return new SigningIn.Touched.Accepted();
  }

  private @Nullable Reason refusal(
      Beginnings.Beginning begun, @Nullable Person person, IpAddress source, Instant now) {
    if (!begun.source().contains(source)) {
      return Reason.SOURCE_CHANGED;
    }
    Reason bySource = first.refusal(person, source, now);
    if (bySource != null || person == null) {
      return bySource;
    }
    return People.refusal(books, person);
  }

  private SigningIn.Touched refuse(
      @Nullable Person person, Reason reason, String detail, IpAddress source, Instant now) {
    Event event =
        Event.at(now, EventType.SIGN_IN_TOUCH, Outcome.REFUSED)
            .from("web", source)
            .because(reason)
            .with("detail", detail);
    journal.refused(person == null ? event : event.about(person.id()), source);
    return new SigningIn.Touched.Refused(reason);
  }
}
