package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.GuessLimits;
import io.parano.authn.GuessOutcome;
import io.parano.authn.PasswordOutcome;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// [Freezing]. Here a password is tried without a touch before it, so there are limits of their
/// own, tight ones; whoever guesses right has shut what they guessed, in front of every officer.
final class FreezeOwn implements Freezing {
  /// Half as many as at the sign-in, and apart from it: no flood here shuts anybody's sign-in.
  static final GuessLimits.Settings LIMITS =
      new GuessLimits.Settings(5, Duration.ofHours(1), 30, Duration.ofMinutes(1), 5, 5, 65_536);

  private static final String BECAUSE = "token lost, says its holder";

  private final Books books;
  private final SealedPasswords passwords;
  private final GuessLimits limits;
  private final Lever lever;
  private final Journal journal;
  private final InstantSource clock;

  FreezeOwn(
      Books books,
      SealedPasswords passwords,
      GuessLimits limits,
      Lever lever,
      Journal journal,
      InstantSource clock) {
    this.books = books;
    this.passwords = passwords;
    this.limits = limits;
    this.lever = lever;
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public Frozen freeze(String typed, Secret password, IpAddress source) {
    Instant now = clock.instant();
    String name = Beginnings.standing(typed.strip().toLowerCase(Locale.ROOT));
    Person person = books.roster().named(name).orElse(null);
    Reason bySource = Sources.refusal(books, source, person == null ? null : person.id(), now);
    if (bySource != null) {
      return refuse(null, bySource, source, now);
    }
    GuessOutcome asked =
        person == null ? limits.askNobody(name, source, now) : limits.ask(person.id(), source, now);
    return switch (asked) {
      case GuessOutcome.Shut shut -> refuse(person, Reason.RATE_LIMITED, source, now);
      case GuessOutcome.Wait wait -> refuse(person, Reason.RATE_LIMITED, source, now);
      case GuessOutcome.Go go -> tried(person, password, source, go);
    };
  }

  private Frozen tried(
      @Nullable Person person, Secret password, IpAddress source, GuessOutcome.Go go) {
    PasswordOutcome outcome =
        person == null ? passwords.verifyNobody(password) : passwords.verify(person, password);
    Instant now = clock.instant();
    return switch (outcome) {
      case PasswordOutcome.Busy busy -> {
        limits.untried(go);
        yield refuse(person, Reason.RATE_LIMITED, source, now);
      }
      case PasswordOutcome.Wrong wrong -> refuse(person, Reason.PASSWORD_WRONG, source, now);
      case PasswordOutcome.Right right when person == null ->
          throw new IllegalStateException("nobody's password was right");
      case PasswordOutcome.Right right -> {
        limits.right(go);
        yield right(person, source, now);
      }
    };
  }

  private Frozen right(Person known, IpAddress source, Instant now) {
    Person person = books.roster().person(known.id());
    return switch (person == null ? PersonState.GONE : person.state()) {
      case GONE -> refuse(person, Reason.PERSON_GONE, source, now);
      case FROZEN -> new Frozen.Done();
      case INVITED, ACTIVE -> {
        lever.cut(
            new Lever.Target.OnePerson(known.id()),
            BECAUSE,
            new Lever.By(known.id(), "web", source.toString()));
        yield new Frozen.Done();
      }
    };
  }

  private Frozen refuse(@Nullable Person person, Reason reason, IpAddress source, Instant now) {
    Event event =
        Event.at(now, EventType.CUT, Outcome.REFUSED)
            .from("web", source)
            .because(reason)
            .with("because", BECAUSE);
    journal.refused(person == null ? event : event.about(person.id()), source);
    return new Frozen.Refused(reason);
  }
}
