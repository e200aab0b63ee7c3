package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.Argon2;
import io.parano.authn.GuessLimits;
import io.parano.authn.GuessOutcome;
import io.parano.authn.PasswordOutcome;
import io.parano.authn.PasswordRules;
import io.parano.authn.PasswordVerdict;
import io.parano.authn.RegistrationOutcome;
import io.parano.authn.RegistrationResponse;
import io.parano.authn.Registrations;
import io.parano.authn.VerifiedCredential;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Enrolment;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Registers a token under an enrolment that officers opened: the code, then the token with its
/// attestation, then the password.
final class EnrolToken implements Enrolling {
  private static final int ATTEMPTS = 5;

  private final Books books;
  private final Ceremonies ceremonies;
  private final Registrations registrations;
  private final SealedPasswords passwords;
  private final PasswordRules rules;
  private final GuessLimits limits;
  private final Officers officers;
  private final Journal journal;
  private final GateSettings settings;
  private final Randomness randomness;
  private final InstantSource clock;

  EnrolToken(
      Books books,
      Ceremonies ceremonies,
      Registrations registrations,
      SealedPasswords passwords,
      PasswordRules rules,
      GuessLimits limits,
      Officers officers,
      Journal journal,
      GateSettings settings,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.ceremonies = ceremonies;
    this.registrations = registrations;
    this.passwords = passwords;
    this.rules = rules;
    this.limits = limits;
    this.officers = officers;
    this.journal = journal;
    this.settings = settings;
    this.randomness = randomness;
    this.clock = clock;
  }

  @Override
  public Begun begin(String name, Secret code, IpAddress source) {
    Instant now = clock.instant();
    Enrolment enrolment = books.docket().enrolmentWith(code.digest()).orElse(null);
    Person person = enrolment == null ? null : books.roster().person(enrolment.person());
    Reason refusal = refusal(enrolment, person, name, source, now);
    if (refusal != null || enrolment == null || person == null) {
      return refuse(person, refusal == null ? Reason.CODE_UNKNOWN : refusal, "", source, now);
    }
    Bytes challenge = Bytes.of(randomness.bytes(32));
    return ceremonies
        .begin(
            new Ceremony.Enrolling(
                enrolment, challenge, 0, source.binding(), now.plus(GateSettings.CEREMONY)),
            now)
        .<Begun>map(id ->
            new Begun.Options(
                id,
                challenge,
                person.handle(),
                person.name(),
                person.displayName(),
                Registrations.offered(),
                books.roster().tokensOf(person.id()).stream()
                    .map(Authenticator::credentialId)
                    .toList(),
                enrolment.setsPassword(),
                GateSettings.CEREMONY))
        .orElseGet(() -> new Begun.Refused(Reason.RATE_LIMITED));
  }

  @Override
  public Finished finish(
      String id, RegistrationResponse response, Secret password, String label, IpAddress source) {
    Instant now = clock.instant();
    if (!(ceremonies.take(id, now).orElse(null) instanceof Ceremony.Enrolling begun)) {
      return refuseFinish(null, Reason.CEREMONY_UNKNOWN, "", source, now);
    }
    Person person = books.roster().person(begun.enrolment().person());
    Reason refusal = stillOpen(begun, person, source, now);
    if (refusal != null || person == null) {
      return refuseFinish(
          person, refusal == null ? Reason.PERSON_UNKNOWN : refusal, "", source, now);
    }
    return switch (registrations.verify(
        begun.challenge(), new HashSet<>(Registrations.offered()), response, now)) {
      case RegistrationOutcome.Refused(var reason, var clause, var detail) ->
          refuseFinish(person, reason, clause + ": " + detail, source, now);
      case RegistrationOutcome.Accepted(var credential) ->
          books.roster().tokenWith(credential.credentialId()).isPresent()
              ? refuseFinish(person, Reason.TOKEN_ALREADY_ENROLLED, "7.1.26", source, now)
              : withPassword(id, begun, person, credential, password, label, source);
    };
  }

  private Finished withPassword(
      String id,
      Ceremony.Enrolling begun,
      Person person,
      VerifiedCredential credential,
      Secret password,
      String label,
      IpAddress source) {
    @Nullable Reason objection =
        begun.enrolment().setsPassword()
            ? unfit(person, password)
            : wrong(person, password, source, clock.instant());
    Instant now = clock.instant();
    if (objection == null) {
      try {
        Change.@Nullable PutPassword chosen =
            begun.enrolment().setsPassword() ? passwords.chosen(person.id(), password, now) : null;
        return officers.exclusively(
            () -> enrol(begun, person, credential, chosen, label, source, now));
      } catch (Argon2.Busy busy) {
        objection = Reason.RATE_LIMITED;
      }
    }
    journal.refused(event(person, objection, "", source, now), source);
    if (begun.attempts() + 1 >= ATTEMPTS && !begun.enrolment().setsPassword()) {
      return new Finished.Refused(objection);
    }
    ceremonies.resume(
        id,
        new Ceremony.Enrolling(
            begun.enrolment(),
            begun.challenge(),
            begun.attempts() + 1,
            begun.source(),
            begun.expiresAt()));
    return new Finished.Again(objection);
  }

  private @Nullable Reason unfit(Person person, Secret password) {
    Set<String> words = new HashSet<>(settings.companyWords());
    words.addAll(List.of(person.name(), person.displayName(), person.email()));
    return switch (rules.check(password, List.copyOf(words), passwords.earlier(person.id()))) {
      case PasswordVerdict.Refused refused -> refused.reason();
      case PasswordVerdict.Busy busy -> Reason.RATE_LIMITED;
      case PasswordVerdict.Accepted accepted -> null;
    };
  }

  private @Nullable Reason wrong(Person person, Secret password, IpAddress source, Instant now) {
    return switch (limits.ask(person.id(), source, now)) {
      case GuessOutcome.Shut(var reason) -> reason;
      case GuessOutcome.Wait(var delay, var reason) -> reason;
      case GuessOutcome.Go go ->
          switch (passwords.verify(person, password)) {
            case PasswordOutcome.Wrong wrong -> Reason.PASSWORD_WRONG;
            case PasswordOutcome.Busy busy -> {
              limits.untried(go);
              yield Reason.RATE_LIMITED;
            }
            case PasswordOutcome.Right right -> {
              limits.right(go);
              yield null;
            }
          };
    };
  }

  /// Everything again from the books as they are now, then one commit: the token, the password, the
  /// person one generation on, the enrolment closed, and with a replacement every other token cut.
  private Finished enrol(
      Ceremony.Enrolling begun,
      Person verified,
      VerifiedCredential credential,
      Change.@Nullable PutPassword chosen,
      String label,
      IpAddress source,
      Instant now) {
    Person person = books.roster().person(verified.id());
    Reason refusal = stillOpen(begun, person, source, now);
    if (refusal != null || person == null) {
      return refuseFinish(
          person, refusal == null ? Reason.PERSON_UNKNOWN : refusal, "", source, now);
    }
    Enrolment enrolment = begun.enrolment();
    Authenticator token =
        new Authenticator(
            AuthenticatorId.next(now, randomness),
            person.id(),
            label.isBlank() ? credential.model() : label.strip(),
            credential.credentialId(),
            credential.publicKey(),
            credential.aaguid(),
            credential.signCount(),
            AuthenticatorState.ACTIVE,
            now,
            enrolment.tokenUntil(),
            credential.attestationObject(),
            credential.clientData());
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutAuthenticator(token));
    if (enrolment.cutsOtherTokens()) {
      books.roster().tokensOf(person.id()).stream()
          .map(other -> new Change.PutAuthenticator(other.as(AuthenticatorState.CUT)))
          .forEach(changes::add);
      books.roster().otpTokensOf(person.id()).stream()
          .map(other -> new Change.PutOtpToken(other.as(AuthenticatorState.CUT)))
          .forEach(changes::add);
    }
    if (chosen != null) {
      changes.add(chosen);
    }
    changes.add(new Change.PutPerson(person.as(PersonState.ACTIVE).renewed()));
    changes.add(new Change.CloseEnrolment(enrolment.act()));
    books.commit(
        Event.at(now, EventType.TOKEN_ENROLLED, Outcome.DONE)
            .by(person.id())
            .from("web", source)
            .on("token:" + token.id())
            .with("act", enrolment.act().toString())
            .with("model", credential.model())
            .with("aaguid", credential.aaguid().toString())
            .with("password", enrolment.setsPassword() ? "chosen" : "verified"),
        changes);
    return new Finished.Enrolled(credential.model());
  }

  private @Nullable Reason stillOpen(
      Ceremony.Enrolling begun, @Nullable Person person, IpAddress source, Instant now) {
    if (!begun.source().contains(source)) {
      return Reason.SOURCE_CHANGED;
    }
    Enrolment open = books.docket().enrolment(begun.enrolment().act());
    return refusal(open, person, person == null ? "" : person.name(), source, now);
  }

  private @Nullable Reason refusal(
      @Nullable Enrolment enrolment,
      @Nullable Person person,
      String name,
      IpAddress source,
      Instant now) {
    Reason bySource = Sources.refusal(books, source);
    if (bySource != null) {
      return bySource;
    }
    if (enrolment == null || person == null || !person.name().equals(name.strip())) {
      return Reason.CODE_UNKNOWN;
    }
    if (!now.isBefore(enrolment.expiresAt())) {
      return Reason.CODE_EXPIRED;
    }
    return switch (person.state()) {
      case GONE -> Reason.PERSON_GONE;
      case FROZEN -> Reason.PERSON_FROZEN;
      case INVITED, ACTIVE -> officers.objection(enrolment, now);
    };
  }

  private Begun refuse(
      @Nullable Person person, Reason reason, String detail, IpAddress source, Instant now) {
    journal.refused(event(person, reason, detail, source, now), source);
    return new Begun.Refused(reason);
  }

  private Finished refuseFinish(
      @Nullable Person person, Reason reason, String detail, IpAddress source, Instant now) {
    journal.refused(event(person, reason, detail, source, now), source);
    return new Finished.Refused(reason);
  }

  private static Event event(
      @Nullable Person person, Reason reason, String detail, IpAddress source, Instant now) {
    Event event =
        Event.at(now, EventType.TOKEN_ENROLLED, Outcome.REFUSED)
            .from("web", source)
            .because(reason)
            .with("detail", detail);
    return person == null ? event : event.about(person.id());
  }
}
