package io.parano.access;

import io.parano.audit.EventType;
import io.parano.identity.Act;
import io.parano.identity.Enrolment;
import io.parano.identity.PersonState;
import io.parano.identity.Proposal;
import io.parano.kernel.ActId;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the act about passwords comes to, and what its code opens.
final class PasswordActs {
  private PasswordActs() {}

  /// The password is void from this moment, whatever becomes of the code; of several codes the last
  /// works.
  static Execution reset(ActId act, PersonId id, Books books, Randomness randomness, Instant now) {
    return Execution.forPerson(
        books,
        id,
        person -> {
          if (person.state() != PersonState.ACTIVE) {
            return new Execution.Refused(Reason.ACT_NO_LONGER_APPLIES);
          }
          Secret code = EnrolmentCode.random(randomness);
          Instant expiresAt = now.plus(GateSettings.ENROLMENT);
          List<Change> changes = new ArrayList<>();
          books.roster().passwordOf(id).map(kept -> kept.voided(now)).ifPresent(changes::add);
          changes.add(new Change.PutPerson(person.renewed()));
          books.docket().enrolments().stream()
              .filter(other -> other.person().equals(id) && opensPassword(other, books))
              .map(other -> new Change.CloseEnrolment(other.act()))
              .forEach(changes::add);
          changes.add(
              new Change.PutEnrolment(
                  new Enrolment(act, id, code.digest(), true, false, expiresAt, null)));
          return new Execution.Planned(EventType.PASSWORD_VOIDED, changes, code, expiresAt);
        });
  }

  /// Whether the code is for a password, not for a token: what officers signed says so, and they
  /// signed it about this person.
  static boolean opensPassword(Enrolment enrolment, Books books) {
    Proposal proposal = books.docket().proposal(enrolment.act());
    return proposal != null
        && proposal.act() instanceof Act.ResetPassword(var person)
        && person.equals(enrolment.person());
  }
}
