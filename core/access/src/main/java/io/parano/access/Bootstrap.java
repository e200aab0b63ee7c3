package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Enrolment;
import io.parano.identity.Newcomer;
import io.parano.identity.Person;
import io.parano.kernel.ActId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The very beginning: a first policy and the first two officers, each with a code to enrol a
/// token. It is written once, into an empty ledger; with two active officers its codes are worth
/// nothing.
public final class Bootstrap {
  private static final Duration TOGETHER = Duration.ofMinutes(30);

  private Bootstrap() {}

  /// Writes the beginning; returns the enrolment code of each officer by name. Throws
  /// [IllegalArgumentException] unless there are exactly two officers with different names, and
  /// [IllegalStateException] when the ledger has staff already.
  public static Map<String, Secret> begin(
      Books books, Policy policy, List<Newcomer> officers, Randomness randomness, Instant now) {
    if (officers.size() != Officers.QUORUM
        || officers.get(0).name().equals(officers.get(1).name())) {
      throw new IllegalArgumentException("expected two officers with different names");
    }
    if (!books.roster().everybody().isEmpty()) {
      throw new IllegalStateException("there is staff already: officers are appointed by officers");
    }
    Map<String, Secret> codes = new LinkedHashMap<>();
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PutPolicy(1, policy.digest(), policy.document(), now));
    Event event =
        Event.at(now, EventType.BOOTSTRAP, Outcome.DONE).with("policy", policy.digest().hex());
    for (Newcomer officer : officers) {
      Person person = Execution.invited(officer, true, randomness, now);
      Secret code = EnrolmentCode.random(randomness);
      codes.put(person.name(), code);
      changes.add(new Change.PutPerson(person));
      changes.add(
          new Change.PutEnrolment(
              new Enrolment(
                  ActId.next(now, randomness),
                  person.id(),
                  code.digest(),
                  true,
                  false,
                  now.plus(TOGETHER),
                  null)));
      event = event.with("officer-" + codes.size(), person.id().toString());
    }
    books.commit(event, changes);
    return codes;
  }
}
