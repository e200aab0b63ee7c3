package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.GuessLimits;
import io.parano.authn.GuessOutcome;
import io.parano.authn.PasswordOutcome;
import io.parano.identity.Person;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The password as the last factor, wherever somebody comes in: tried only for somebody who has
/// just touched their own token and has the first level.
final class TouchedPassword {
  private static final int ATTEMPTS = 5;

  private final Books books;
  private final Ceremonies ceremonies;
  private final SealedPasswords passwords;
  private final GuessLimits limits;
  private final FirstLevel first;
  private final EventType what;
  private final Journal journal;
  private final InstantSource clock;

  /// @param what a refusal is recorded as
  TouchedPassword(
      Books books,
      Ceremonies ceremonies,
      SealedPasswords passwords,
      GuessLimits limits,
      FirstLevel first,
      EventType what,
      Journal journal,
      InstantSource clock) {
    this.books = books;
    this.ceremonies = ceremonies;
    this.passwords = passwords;
    this.limits = limits;
    this.first = first;
    this.what = what;
    this.journal = journal;
    this.clock = clock;
  }

  sealed interface Given {
    record Refused(Reason reason) implements Given {}

    /// Another may be tried.
    record Again(Reason reason) implements Given {}

    /// @param epoch how often everybody had been cut when all levels were looked at once more
    record Right(Ceremony.Touched touched, Person person, long epoch, Instant now)
        implements Given {}
  }

  Given give(String id, Secret password, IpAddress source) {
    Instant now = clock.instant();
    if (!(ceremonies.take(id, now).orElse(null) instanceof Ceremony.Touched touched)) {
      return refuse(null, Reason.CEREMONY_UNKNOWN, source, now);
    }
    Person person = books.roster().person(touched.person());
    Reason refusal = refusal(touched, person, source, now);
    if (refusal != null || person == null) {
      return refuse(person, refusal == null ? Reason.PERSON_UNKNOWN : refusal, source, now);
    }
    return switch (limits.ask(person.id(), source, now)) {
      case GuessOutcome.Shut(var reason) -> refuse(person, reason, source, now);
      case GuessOutcome.Wait(var delay, var reason) -> refuse(person, reason, source, now);
      case GuessOutcome.Go go -> tried(id, touched, person, password, source, go);
    };
  }

  private Given tried(
      String id,
      Ceremony.Touched touched,
      Person person,
      Secret password,
      IpAddress source,
      GuessOutcome.Go go) {
    PasswordOutcome outcome = passwords.verify(person, password);
    Instant now = clock.instant();
    return switch (outcome) {
      case PasswordOutcome.Busy busy -> {
        limits.untried(go);
        ceremonies.resume(id, touched);
        yield new Given.Again(Reason.RATE_LIMITED);
      }
      case PasswordOutcome.Wrong wrong -> wrong(id, touched, person, source, now);
      case PasswordOutcome.Right(var outdated) -> {
        limits.right(go);
        Given given = right(touched, person, source, now);
        if (outdated && given instanceof Given.Right) {
          passwords.renew(person, password, source, now);
        }
        yield given;
      }
    };
  }

  /// Hashing took its time: what held before it must still hold.
  private Given right(Ceremony.Touched touched, Person before, IpAddress source, Instant now) {
    long epoch = books.closures().epoch();
    Person person = books.roster().person(touched.person());
    Reason refusal = refusal(touched, person, source, now);
    if (refusal == null && person != null) {
      refusal = People.refusal(books, before, person);
    }
    return refusal != null || person == null
        ? refuse(person, refusal == null ? Reason.PERSON_UNKNOWN : refusal, source, now)
        : new Given.Right(touched, person, epoch, now);
  }

  private Given wrong(
      String id, Ceremony.Touched touched, Person person, IpAddress source, Instant now) {
    journal.refused(event(person, Reason.PASSWORD_WRONG, source, now), source);
    if (touched.attempts() + 1 >= ATTEMPTS) {
      return new Given.Refused(Reason.PASSWORD_WRONG);
    }
    ceremonies.resume(
        id,
        new Ceremony.Touched(
            touched.person(),
            touched.token(),
            touched.touchedAt(),
            touched.attempts() + 1,
            touched.source(),
            touched.expiresAt()));
    return new Given.Again(Reason.PASSWORD_WRONG);
  }

  private @Nullable Reason refusal(
      Ceremony.Touched touched, @Nullable Person person, IpAddress source, Instant now) {
    if (!touched.source().contains(source)) {
      return Reason.SOURCE_CHANGED;
    }
    Reason bySource = first.refusal(person, source, now);
    if (bySource != null) {
      return bySource;
    }
    if (person == null) {
      return Reason.PERSON_UNKNOWN;
    }
    if (!books.roster().usable(touched.token(), now)) {
      return Reason.TOKEN_CUT;
    }
    return People.refusal(books, person);
  }

  private Given refuse(@Nullable Person person, Reason reason, IpAddress source, Instant now) {
    journal.refused(event(person, reason, source, now), source);
    return new Given.Refused(reason);
  }

  private Event event(@Nullable Person person, Reason reason, IpAddress source, Instant now) {
    Event event = Event.at(now, what, Outcome.REFUSED).from("web", source).because(reason);
    return person == null ? event : event.about(person.id());
  }
}
