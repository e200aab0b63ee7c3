package io.parano.access;

import io.parano.identity.Act;
import io.parano.kernel.PersonId;
import org.jspecify.annotations.Nullable;

/// Whom an act concerns, for those who read of it.
final class Subjects {
  private Subjects() {}

  static @Nullable PersonId of(Act act) {
    return switch (act) {
      case Act.DismissOfficer(var person) -> person;
      case Act.DismissStaff(var person) -> person;
      case Act.EraseStaff(var person) -> person;
      case Act.AdmitStaff _,
          Act.EnrolToken _,
          Act.ReplaceToken _,
          Act.ResetPassword _,
          Act.ChangeGroups _,
          Act.AppointOfficer _,
          Act.ApplyPolicy _,
          Act.ReopenPerson _,
          Act.ReopenToken _,
          Act.ReopenNetwork _,
          Act.ReopenEverybody _,
          Act.EnrolOtp _,
          Act.AdmitClient _,
          Act.DismissClient _ ->
          act.beneficiary();
    };
  }
}
