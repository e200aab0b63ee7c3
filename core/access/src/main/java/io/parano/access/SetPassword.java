package io.parano.access;

import io.parano.access.Ceremony.Ground;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.AssertionResponse;
import io.parano.authn.PasswordRules;
import io.parano.identity.Authenticator;
import io.parano.identity.Enrolment;
import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whatever lets somebody choose is asked again at every step, and once more with the officers'
/// acts held off, when the password is written.
final class SetPassword implements SettingPassword {
  private static final int ATTEMPTS = 5;

  private final Books books;
  private final Portals portals;
  private final Ceremonies ceremonies;
  private final Touches touches;
  private final OpenEnrolments enrolments;
  private final Officers officers;
  private final AskedPassword passwords;
  private final Journal journal;
  private final Randomness randomness;
  private final InstantSource clock;

  SetPassword(
      Books books,
      Portals portals,
      Ceremonies ceremonies,
      Touches touches,
      OpenEnrolments enrolments,
      Officers officers,
      AskedPassword passwords,
      Journal journal,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.ceremonies = ceremonies;
    this.touches = touches;
    this.enrolments = enrolments;
    this.officers = officers;
    this.passwords = passwords;
    this.journal = journal;
    this.randomness = randomness;
    this.clock = clock;
  }

  @Override
  public PasswordRules.Settings rules() {
    return passwords.rules();
  }

  @Override
  public SigningIn.Begun beginChange(String bearer, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findPortal(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new SigningIn.Begun.Refused(reason);
      case Portals.Found.Holder(var live, var person) ->
          begin(person, new Ground.SignedIn(live.id()), source, now);
    };
  }

  @Override
  public SigningIn.Begun beginReset(String name, Secret code, IpAddress source) {
    Instant now = clock.instant();
    Enrolment opened = enrolments.with(code);
    Person person = opened == null ? null : books.roster().person(opened.person());
    Reason refusal = enrolments.resetRefusal(opened, person, name, source, now);
    if (refusal != null || opened == null || person == null) {
      Reason reason = refusal == null ? Reason.CODE_UNKNOWN : refusal;
      journal.refused(refused(person, reason, "", source, now), source);
      return new SigningIn.Begun.Refused(reason);
    }
    return begin(person, new Ground.Opened(opened.act()), source, now);
  }

  private SigningIn.Begun begin(Person person, Ground ground, IpAddress source, Instant now) {
    Bytes challenge = Bytes.of(randomness.bytes(32));
    List<Bytes> allowed =
        books.roster().tokensOf(person.id()).stream()
            .filter(token -> token.usable(now))
            .map(Authenticator::credentialId)
            .toList();
    return ceremonies
        .begin(
            new Ceremony.PasswordAsked(
                person.id(), ground, challenge, source.binding(), now.plus(GateSettings.CEREMONY)),
            now)
        .<SigningIn.Begun>map(
            id -> new SigningIn.Begun.Options(id, challenge, allowed, GateSettings.CEREMONY))
        .orElseGet(() -> new SigningIn.Begun.Refused(Reason.RATE_LIMITED));
  }

  @Override
  public SigningIn.Touched touchKey(String id, AssertionResponse assertion, IpAddress source) {
    Instant now = clock.instant();
    if (!(ceremonies.take(id, now).orElse(null) instanceof Ceremony.PasswordAsked asked)) {
      return refuseTouch(null, Reason.CEREMONY_UNKNOWN, "", source, now);
    }
    Person person = books.roster().person(asked.person());
    Reason refusal = refusal(asked, asked.ground(), person, source, now);
    if (refusal != null || person == null) {
      return refuseTouch(
          person, refusal == null ? Reason.PERSON_UNKNOWN : refusal, "", source, now);
    }
    return switch (touches.verify(person, asked.challenge(), assertion, source, now)) {
      case Touches.Touch.Refused(var reason, var detail) ->
          refuseTouch(person, reason, detail, source, now);
      case Touches.Touch.Accepted accepted -> {
        books.commit(
            Event.at(now, EventType.SIGN_IN_TOUCH, Outcome.DONE)
                .by(person.id())
                .from("web", source)
                .on("token:" + accepted.token().id())
                .with("for", "password"),
            accepted.count());
        ceremonies.resume(
            id,
            new Ceremony.PasswordTouched(
                person.id(),
                accepted.token().id(),
                asked.ground(),
                0,
                source.binding(),
                now.plus(GateSettings.CEREMONY)));
        yield new SigningIn.Touched.Accepted();
      }
    };
  }

  @Override
  public Chosen choose(String id, Secret present, Secret chosen, IpAddress source) {
    Instant now = clock.instant();
    if (!(ceremonies.take(id, now).orElse(null) instanceof Ceremony.PasswordTouched touched)) {
      return refuse(null, Reason.CEREMONY_UNKNOWN, source, now);
    }
    Person person = books.roster().person(touched.person());
    Reason refusal = refusal(touched, person, source, now);
    if (refusal != null || person == null) {
      return refuse(person, refusal == null ? Reason.PERSON_UNKNOWN : refusal, source, now);
    }
    if (touched.ground() instanceof Ground.SignedIn
        && passwords.give(person, present, source, now)
            instanceof AskedPassword.Verdict.Refused(var reason)) {
      return again(id, touched, person, reason, source);
    }
    return switch (passwords.choose(person, chosen, now)) {
      case AskedPassword.Verdict.Refused(var reason) -> again(id, touched, person, reason, source);
      case AskedPassword.Verdict.Taken(var taken) when taken != null ->
          officers.exclusively(() -> write(touched, taken, source));
      case AskedPassword.Verdict.Taken nothing ->
          throw new IllegalStateException("a password was taken, and none chosen");
    };
  }

  /// Hashing took its time: what held before it must still hold.
  private Chosen write(
      Ceremony.PasswordTouched touched, Change.PutPassword chosen, IpAddress source) {
    Instant now = clock.instant();
    Person person = books.roster().person(touched.person());
    Reason refusal = refusal(touched, person, source, now);
    if (refusal != null || person == null) {
      return refuse(person, refusal == null ? Reason.PERSON_UNKNOWN : refusal, source, now);
    }
    Event event =
        Event.at(now, EventType.PASSWORD_SET, Outcome.DONE)
            .by(person.id())
            .from("web", source)
            .on("person:" + person.id())
            .with("token", touched.token().toString());
    List<Change> changes = new ArrayList<>(List.of(chosen, new Change.PutPerson(person.renewed())));
    switch (touched.ground()) {
      case Ground.SignedIn(var session) ->
          event = event.with("how", "changed").with("session", session.toString());
      case Ground.Opened(var act) -> {
        event = event.with("how", "reset").with("act", act.toString());
        changes.add(new Change.CloseEnrolment(act));
      }
    }
    books.commit(event, changes);
    return new Chosen.Done();
  }

  private @Nullable Reason refusal(
      Ceremony.PasswordTouched touched, @Nullable Person person, IpAddress source, Instant now) {
    Reason reason = refusal(touched, touched.ground(), person, source, now);
    if (reason != null) {
      return reason;
    }
    Authenticator token = books.roster().token(touched.token());
    return token == null || !token.usable(now) ? Reason.TOKEN_CUT : null;
  }

  private @Nullable Reason refusal(
      Ceremony ceremony, Ground ground, @Nullable Person person, IpAddress source, Instant now) {
    if (!ceremony.source().contains(source)) {
      return Reason.SOURCE_CHANGED;
    }
    if (person == null) {
      return Reason.PERSON_UNKNOWN;
    }
    Reason byPerson = People.refusal(books, person);
    if (byPerson != null) {
      return byPerson;
    }
    return switch (ground) {
      case Ground.SignedIn(var session) -> portals.objection(session, source, now);
      case Ground.Opened(var act) ->
          enrolments.resetRefusal(
              books.docket().enrolment(act), person, person.name(), source, now);
    };
  }

  /// The touch was good: it need not be made again for the sake of the password.
  private Chosen again(
      String id, Ceremony.PasswordTouched touched, Person person, Reason reason, IpAddress source) {
    journal.refused(refused(person, reason, "", source, clock.instant()), source);
    int attempts = touched.attempts() + (reason == Reason.PASSWORD_WRONG ? 1 : 0);
    if (attempts >= ATTEMPTS) {
      return new Chosen.Refused(reason);
    }
    ceremonies.resume(
        id,
        new Ceremony.PasswordTouched(
            touched.person(),
            touched.token(),
            touched.ground(),
            attempts,
            touched.source(),
            touched.expiresAt()));
    return new Chosen.Again(reason);
  }

  private Chosen refuse(@Nullable Person person, Reason reason, IpAddress source, Instant now) {
    journal.refused(refused(person, reason, "", source, now), source);
    return new Chosen.Refused(reason);
  }

  private SigningIn.Touched refuseTouch(
      @Nullable Person person, Reason reason, String detail, IpAddress source, Instant now) {
    journal.refused(refused(person, reason, detail, source, now), source);
    return new SigningIn.Touched.Refused(reason);
  }

  private static Event refused(
      @Nullable Person person, Reason reason, String detail, IpAddress source, Instant now) {
    Event event =
        Event.at(now, EventType.PASSWORD_SET, Outcome.REFUSED)
            .from("web", source)
            .because(reason)
            .with("detail", detail);
    return person == null ? event : event.about(person.id());
  }
}
