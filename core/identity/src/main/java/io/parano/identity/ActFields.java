package io.parano.identity;

import io.parano.kernel.Canonical;
import io.parano.kernel.PersonId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What acts say in common.
final class ActFields {
  private ActFields() {}

  static Canonical saying(String kind) {
    return Canonical.object().put("kind", kind);
  }

  static Canonical forPerson(String kind, PersonId person) {
    return saying(kind).put("person", person.toString());
  }

  static Canonical forToken(String kind, PersonId person, @Nullable Instant until) {
    return forPerson(kind, person).put("until", until == null ? "" : until.toString());
  }
}
