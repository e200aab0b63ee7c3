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

/// The last step in: the password, tried only for somebody who has just touched their own token
/// from a listed source.
final class GivePassword {
  private static final int ATTEMPTS = 5;

  private final Books books;
  private final Ceremonies ceremonies;
  private final SealedPasswords passwords;
  private final GuessLimits limits;
  private final Granting granting;
  private final Journal journal;
  private final InstantSource clock;

  GivePassword(
      Books books,
      Ceremonies ceremonies,
      SealedPasswords passwords,
      GuessLimits limits,
      Granting granting,
      Journal journal,
      InstantSource clock) {
    this.books = books;
    this.ceremonies = ceremonies;
    this.passwords = passwords;
    this.limits = limits;
    this.granting = granting;
    this.journal = journal;
    this.clock = clock;
  }

  SigningIn.SignedIn password(String id, Secret password, IpAddress source) {
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

  private SigningIn.SignedIn tried(
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
        yield new SigningIn.SignedIn.Again(Reason.RATE_LIMITED);
      }
      case PasswordOutcome.Wrong wrong -> wrong(id, touched, person, source, now);
      case PasswordOutcome.Right(var outdated) -> {
        limits.right(go);
        if (outdated) {
          passwords.renew(person, password, source, now);
        }
        yield granted(touched, source, now);
      }
    };
  }

  /// Hashing took its time: what held before it must still hold.
  private SigningIn.SignedIn granted(Ceremony.Touched touched, IpAddress source, Instant now) {
    long epoch = books.closures().epoch();
    Person person = books.roster().person(touched.person());
    Reason refusal = refusal(touched, person, source, now);
    if (refusal != null || person == null) {
      return refuse(person, refusal == null ? Reason.PERSON_UNKNOWN : refusal, source, now);
    }
    Granting.Grant grant =
        granting.portal(person, touched.token(), source, touched.touchedAt(), epoch, now);
    return new SigningIn.SignedIn.Accepted(grant.bearer(), grant.session().endsAt());
  }

  private SigningIn.SignedIn wrong(
      String id, Ceremony.Touched touched, Person person, IpAddress source, Instant now) {
    journal.refused(event(person, Reason.PASSWORD_WRONG, source, now), source);
    if (touched.attempts() + 1 >= ATTEMPTS) {
      return new SigningIn.SignedIn.Refused(Reason.PASSWORD_WRONG);
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
    return new SigningIn.SignedIn.Again(Reason.PASSWORD_WRONG);
  }

  private @Nullable Reason refusal(
      Ceremony.Touched touched, @Nullable Person person, IpAddress source, Instant now) {
    if (!touched.source().contains(source)) {
      return Reason.SOURCE_CHANGED;
    }
    Reason bySource = Sources.refusal(books, source, touched.person(), now);
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

  private SigningIn.SignedIn refuse(
      @Nullable Person person, Reason reason, IpAddress source, Instant now) {
    journal.refused(event(person, reason, source, now), source);
    return new SigningIn.SignedIn.Refused(reason);
  }

  private static Event event(
      @Nullable Person person, Reason reason, IpAddress source, Instant now) {
    Event event =
        Event.at(now, EventType.SIGN_IN, Outcome.REFUSED).from("web", source).because(reason);
    return person == null ? event : event.about(person.id());
  }
}
