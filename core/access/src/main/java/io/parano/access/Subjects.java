package io.parano.access;

import io.parano.identity.Act;
import io.parano.identity.Person;
import io.parano.kernel.PersonId;
import org.jspecify.annotations.Nullable;

/// Whom an act concerns, for those who read of it.
final class Subjects {
  private Subjects() {}

  /// Whether the act says in words who `person` is, and not only by the id: as somebody to be
  /// admitted, with whoever was to be admitted by the same act, or by what a token or device of
  /// theirs is called.
  static boolean describes(Act act, Person person) {
    return switch (act) {
      case Act.AdmitStaff(var newcomers, var passwords) ->
          newcomers.stream()
              .anyMatch(newcomer ->
                  newcomer.name().equals(person.name()) || newcomer.email().equals(person.email()));
      case Act.EnrolOtp(var id, var label, var publicId, var seed) -> id.equals(person.id());
      case Act.EnrolDevice device -> device.person().equals(person.id());
      case Act.EnrolToken _,
          Act.ReplaceToken _,
          Act.ResetPassword _,
          Act.ChangeGroups _,
          Act.AppointOfficer _,
          Act.DismissOfficer _,
          Act.DismissStaff _,
          Act.EraseStaff _,
          Act.ApplyPolicy _,
          Act.ReopenPerson _,
          Act.ReopenToken _,
          Act.ReopenNetwork _,
          Act.SealCode _,
          Act.NoteGlass _,
          Act.ReopenEverybody _,
          Act.AdmitClient _,
          Act.DismissClient _ ->
          false;
    };
  }

  static @Nullable PersonId of(Act act) {
    return switch (act) {
      case Act.DismissOfficer(var person) -> person;
      case Act.DismissStaff(var person) -> person;
      case Act.EraseStaff(var person) -> person;
      case Act.SealCode(var person) -> person;
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
          Act.NoteGlass _,
          Act.ReopenEverybody _,
          Act.EnrolOtp _,
          Act.EnrolDevice _,
          Act.AdmitClient _,
          Act.DismissClient _ ->
          act.beneficiary();
    };
  }
}
