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

/// What the act about sealed codes comes to, and what its code is good for.
///
/// A sealed code is kept as the enrolment that it may become: with the digest of the code, and
/// opening nothing. Breaking the glass puts in its place one of half an hour, under another code.
final class GlassActs {
  private GlassActs() {}

  /// A code of 100 random bits; of several for one person the last works.
  static Execution seal(ActId act, PersonId id, Books books, Randomness randomness, Instant now) {
    return Execution.forPerson(
        books,
        id,
        person -> {
          if (person.state() != PersonState.ACTIVE) {
            return new Execution.Refused(Reason.ACT_NO_LONGER_APPLIES);
          }
          Secret code = code(randomness);
          Instant expiresAt = now.plus(GateSettings.SEALED_CODE);
          List<Change> changes = new ArrayList<>();
          books.docket().enrolments().stream()
              .filter(other -> other.person().equals(id) && sealed(other, books))
              .map(other -> new Change.CloseEnrolment(other.act()))
              .forEach(changes::add);
          changes.add(
              new Change.PutEnrolment(
                  new Enrolment(act, id, code.digest(), false, false, expiresAt, null)));
          return new Execution.Planned(EventType.CODE_SEALED, changes, code, expiresAt);
        });
  }

  private static Secret code(Randomness randomness) {
    try (Secret one = EnrolmentCode.random(randomness);
        Secret two = EnrolmentCode.random(randomness)) {
      return Secret.ofText(
          new String(one.copy(), java.nio.charset.StandardCharsets.UTF_8)
              + new String(two.copy(), java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  /// What a sealed code becomes when the glass is broken: the way for its holder alone to register
  /// a token with the password they have, which cuts their others.
  static Enrolment opened(Enrolment sealed, Secret code, Instant until) {
    return new Enrolment(sealed.act(), sealed.person(), code.digest(), false, true, until, null);
  }

  /// Whether it came of a sealed code, broken or not.
  static boolean ofGlass(Enrolment enrolment, Books books) {
    Proposal proposal = books.docket().proposal(enrolment.act());
    return proposal != null
        && proposal.act() instanceof Act.SealCode(var person)
        && person.equals(enrolment.person());
  }

  /// Whether it is a sealed code still, and so no way to enrol anything.
  static boolean sealed(Enrolment enrolment, Books books) {
    return ofGlass(enrolment, books) && !enrolment.cutsOtherTokens();
  }
}
