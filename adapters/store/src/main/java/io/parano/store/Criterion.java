package io.parano.store;

import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import java.time.Instant;

/// What an entry must be like to be found.
public sealed interface Criterion {
  record Type(EventType type) implements Criterion {}

  record Ended(Outcome outcome) implements Criterion {}

  record By(PersonId actor) implements Criterion {}

  /// Whose personal data it holds; after that person's erasure nothing is found.
  record About(PersonId person) implements Criterion {}

  /// The resource contains this text, in whatever case.
  record Touching(String part) implements Criterion {}

  record Because(Reason reason) implements Criterion {}

  /// At this instant or later.
  record From(Instant at) implements Criterion {}

  /// Before this instant.
  record Until(Instant at) implements Criterion {}
}
