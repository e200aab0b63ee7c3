package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.RegistrationOutcome;
import io.parano.authn.RegistrationResponse;
import io.parano.authn.Registrations;
import io.parano.authn.VerifiedCredential;
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
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/// Registers a token under an enrolment that officers opened: the code, then the token with its
/// attestation, then the password.
final class EnrolToken implements Enrolling {
  private static final int ATTEMPTS = 5;

  private final Books books;
  private final Ceremonies ceremonies;
  private final Registrations registrations;
  private final OpenEnrolments enrolments;
  private final AskedPassword passwords;
  private final Journal journal;
  private final Randomness randomness;
  private final InstantSource clock;

  EnrolToken(
      Books books,
      Ceremonies ceremonies,
      Registrations registrations,
      OpenEnrolments enrolments,
      AskedPassword passwords,
      Journal journal,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.ceremonies = ceremonies;
    this.registrations = registrations;
    this.enrolments = enrolments;
    this.passwords = passwords;
    this.journal = journal;
    this.randomness = randomness;
    this.clock = clock;
  }

  @Override
  public Begun begin(String name, Secret code, IpAddress source) {
    Instant now = clock.instant();
    Enrolment enrolment = enrolments.with(code);
    Person person = enrolment == null ? null : books.roster().person(enrolment.person());
    Reason refusal = enrolments.refusal(enrolment, person, name, source, now);
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
    Reason refusal = enrolments.refusal(begun, person, source, now);
    if (refusal != null || person == null) {
      return refuseFinish(
          person, refusal == null ? Reason.PERSON_UNKNOWN : refusal, "", source, now);
    }
    return switch (registrations.verify(
        begun.challenge(), new HashSet<>(Registrations.offered()), response, now)) {
      case RegistrationOutcome.Refused(var reason, var clause, var detail) ->
          refuseFinish(person, reason, clause + ": " + detail, source, now);
      case RegistrationOutcome.Accepted(var credential)
          when books.recalls().status(credential.aaguid()) != null ->
          refuseFinish(
              person,
              Reason.TOKEN_MODEL_NOT_ALLOWED,
              "7.1.24: the model was recalled",
              source,
              now);
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
    Enrolment enrolment = begun.enrolment();
    return switch (passwords.judge(enrolment, person, password, source, clock.instant())) {
      case AskedPassword.Verdict.Refused(var reason) -> again(id, begun, person, reason, source);
      case AskedPassword.Verdict.Taken(var chosen) -> {
        // Hashing took its time: what held before it must still hold.
        Instant now = clock.instant();
        yield switch (enrolments.close(begun, credential, chosen, label, source, now)) {
          case OpenEnrolments.Closed.Refused(var reason) ->
              refuseFinish(person, reason, "", source, now);
          case OpenEnrolments.Closed.Done done -> new Finished.Enrolled(credential.model());
        };
      }
    };
  }

  /// The token was good: it need not be made again for the sake of the password.
  private Finished again(
      String id, Ceremony.Enrolling begun, Person person, Reason reason, IpAddress source) {
    journal.refused(event(person, reason, "", source, clock.instant()), source);
    if (begun.attempts() + 1 >= ATTEMPTS && !begun.enrolment().setsPassword()) {
      return new Finished.Refused(reason);
    }
    ceremonies.resume(
        id,
        new Ceremony.Enrolling(
            begun.enrolment(),
            begun.challenge(),
            begun.attempts() + 1,
            begun.source(),
            begun.expiresAt()));
    return new Finished.Again(reason);
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
