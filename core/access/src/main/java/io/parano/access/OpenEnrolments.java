package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.VerifiedCredential;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Enrolment;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways in that officers opened: whether one still stands, and what closes it.
final class OpenEnrolments {
  private final Books books;
  private final Officers officers;
  private final Randomness randomness;

  OpenEnrolments(Books books, Officers officers, Randomness randomness) {
    this.books = books;
    this.officers = officers;
    this.randomness = randomness;
  }

  /// What came of the last step.
  sealed interface Closed {
    record Refused(Reason reason) implements Closed {}

    record Done() implements Closed {}
  }

  @Nullable Enrolment with(Secret code) {
    return books.docket().enrolmentWith(code.digest()).orElse(null);
  }

  /// Why nobody may go on under the enrolment that `begun` began with; null when it still stands.
  @Nullable Reason refusal(
      Ceremony.Enrolling begun, @Nullable Person person, IpAddress source, Instant now) {
    if (!begun.source().contains(source)) {
      return Reason.SOURCE_CHANGED;
    }
    Enrolment open = books.docket().enrolment(begun.enrolment().act());
    return refusal(open, person, person == null ? "" : person.name(), source, now);
  }

  /// Why nobody may enrol a token under `enrolment`; null when the officers' signatures under it
  /// still count, it is `name`'s, and it is neither used nor too old. A code for a password, or a
  /// sealed one, is none for a token.
  @Nullable Reason refusal(
      @Nullable Enrolment enrolment,
      @Nullable Person person,
      String name,
      IpAddress source,
      Instant now) {
    return enrolment != null
            && (PasswordActs.opensPassword(enrolment, books) || GlassActs.sealed(enrolment, books))
        ? standing(null, person, name, source, now)
        : standing(enrolment, person, name, source, now);
  }

  /// The same for choosing a password; a code for a token is none for a password.
  @Nullable Reason resetRefusal(
      @Nullable Enrolment enrolment,
      @Nullable Person person,
      String name,
      IpAddress source,
      Instant now) {
    return enrolment != null && !PasswordActs.opensPassword(enrolment, books)
        ? standing(null, person, name, source, now)
        : standing(enrolment, person, name, source, now);
  }

  private @Nullable Reason standing(
      @Nullable Enrolment enrolment,
      @Nullable Person person,
      String name,
      IpAddress source,
      Instant now) {
    Reason bySource = Sources.refusal(books, source, person == null ? null : person.id(), now);
    if (bySource != null) {
      return bySource;
    }
    if (enrolment == null || person == null || !person.name().equals(name.strip())) {
      return Reason.CODE_UNKNOWN;
    }
    if (!now.isBefore(enrolment.expiresAt())) {
      return Reason.CODE_EXPIRED;
    }
    // Whoever has chosen a password meanwhile is past the code that let them choose.
    if (enrolment.setsPassword() && books.roster().passwordOf(person.id()).isPresent()) {
      return Reason.CODE_UNKNOWN;
    }
    return switch (person.state()) {
      case GONE -> Reason.PERSON_GONE;
      case FROZEN -> Reason.PERSON_FROZEN;
      case INVITED, ACTIVE -> officers.objection(enrolment, now);
    };
  }

  /// Everything again from the books as they are now, then one commit: the token, the password, the
  /// person one generation on, the enrolment closed, and with a replacement every other token cut.
  Closed close(
      Ceremony.Enrolling begun,
      VerifiedCredential credential,
      Change.@Nullable PutPassword chosen,
      String label,
      IpAddress source,
      Instant now) {
    return officers.exclusively(() -> {
      Person person = books.roster().person(begun.enrolment().person());
      Reason refusal = refusal(begun, person, source, now);
      if (refusal != null || person == null) {
        return new Closed.Refused(refusal == null ? Reason.PERSON_UNKNOWN : refusal);
      }
      Authenticator token = token(begun.enrolment(), credential, label, now);
      books.commit(
          Event.at(now, EventType.TOKEN_ENROLLED, Outcome.DONE)
              .by(person.id())
              .from("web", source)
              .on("token:" + token.id())
              .with("act", begun.enrolment().act().toString())
              .with("model", credential.model())
              .with("aaguid", credential.aaguid().toString())
              .with("password", chosen == null ? "verified" : "chosen"),
          changes(begun.enrolment(), person, token, chosen));
      return new Closed.Done();
    });
  }

  private Authenticator token(
      Enrolment enrolment, VerifiedCredential credential, String label, Instant now) {
    return new Authenticator(
        AuthenticatorId.next(now, randomness),
        enrolment.person(),
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
  }

  private List<Change> changes(
      Enrolment enrolment,
      Person person,
      Authenticator token,
      Change.@Nullable PutPassword chosen) {
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
    return changes;
  }
}
