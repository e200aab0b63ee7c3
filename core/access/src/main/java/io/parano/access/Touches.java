package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.AssertionOutcome;
import io.parano.authn.AssertionResponse;
import io.parano.authn.Assertions;
import io.parano.authn.CredentialRecord;
import io.parano.authn.VerifiedAssertion;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.Person;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A touch of somebody's token, verified: the one place where assertions meet the roster.
final class Touches {
  private final Books books;
  private final Assertions assertions;

  Touches(Books books, Assertions assertions) {
    this.books = books;
    this.assertions = assertions;
  }

  sealed interface Touch {
    record Refused(Reason reason, String detail) implements Touch {}

    /// @param count the change that stores the new signature counter
    record Accepted(Authenticator token, VerifiedAssertion assertion, Change.CountToken count)
        implements Touch {}
  }

  /// Verifies that one of `person`'s usable tokens signed `challenge`.
  Touch verify(
      Person person, Bytes challenge, AssertionResponse response, IpAddress source, Instant now) {
    return verify(person, challenge, response, Assertions.NOBODYS_KEY, source, now);
  }

  /// The same, where a null person costs the same time and is refused.
  ///
  /// @param like the key whose work a refusal takes
  Touch verify(
      @Nullable Person person,
      Bytes challenge,
      AssertionResponse response,
      Bytes like,
      IpAddress source,
      Instant now) {
    Authenticator token = books.roster().tokenWith(response.credentialId()).orElse(null);
    Reason refusal = person == null ? Reason.PERSON_UNKNOWN : standing(person, token, now);
    if (refusal != null || token == null || person == null) {
      assertions.verifyNobody(challenge, response, like);
      return new Touch.Refused(refusal == null ? Reason.TOKEN_UNKNOWN : refusal, "");
    }
    return switch (assertions.verify(challenge, record(token, person), response)) {
      case AssertionOutcome.Accepted(var assertion) ->
          new Touch.Accepted(
              token, assertion, new Change.CountToken(token.id(), assertion.signCount()));
      case AssertionOutcome.Refused(var reason, var clause, var detail) -> {
        if (reason == Reason.COUNTER_WENT_BACK) {
          suspend(token, person, detail, source, now);
        }
        yield new Touch.Refused(reason, clause + ": " + detail);
      }
    };
  }

  static CredentialRecord record(Authenticator token, Person person) {
    return new CredentialRecord(
        token.credentialId(), token.publicKey(), token.signCount(), person.handle());
  }

  /// Why a token of `person` does not count; null when it does.
  @Nullable Reason standing(Person person, @Nullable Authenticator token, Instant now) {
    if (token == null) {
      return Reason.TOKEN_UNKNOWN;
    }
    if (!token.person().equals(person.id())) {
      return Reason.TOKEN_OF_OTHER_PERSON;
    }
    if (books.recalls().status(token.aaguid()) != null) {
      return Reason.TOKEN_MODEL_NOT_ALLOWED;
    }
    return switch (token.state()) {
      case CUT -> Reason.TOKEN_CUT;
      case SUSPENDED -> Reason.TOKEN_SUSPENDED;
      case ACTIVE -> token.usable(now) ? null : Reason.TOKEN_EXPIRED;
    };
  }

  /// Two holders of one key may exist: the token counts no more, and what it opened is over.
  private void suspend(
      Authenticator token, Person person, String detail, IpAddress source, Instant now) {
    Event event =
        Event.at(now, EventType.TOKEN_SUSPENDED, Outcome.DONE)
            .about(person.id())
            .from("web", source)
            .on("token:" + token.id())
            .because(Reason.COUNTER_WENT_BACK)
            .with("detail", detail);
    books.withdraw(
        event, List.of(new Change.PutAuthenticator(token.as(AuthenticatorState.SUSPENDED))));
  }
}
