package io.parano.access;

import io.parano.identity.Act;
import io.parano.kernel.PersonId;
import org.jspecify.annotations.Nullable;

/// Whom an act concerns, for those who read of it.
final class Subjects {
  private Subjects() {}

  static @Nullable PersonId of(Act act) {
    return act instanceof Act.DismissOfficer(var person) ? person : act.beneficiary();
  }
}
