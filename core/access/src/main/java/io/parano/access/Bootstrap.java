package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.identity.Enrolment;
import io.parano.identity.Newcomer;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.kernel.ActId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import io.parano.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The very beginning: a first policy and the first two officers, each with a code to enrol a
/// token. It is written once, into an empty ledger; with two active officers its codes are worth
/// nothing. A beginning that stopped half-way can be taken up until both officers have enrolled,
/// and never after: from then on everything takes their signatures.
public final class Bootstrap {
  /// How long both officers have to enrol.
  public static final Duration TOGETHER = Duration.ofMinutes(30);

  private Bootstrap() {}

  /// How far a beginning has come, from the most refusing to the most allowing.
  public sealed interface Progress {
    /// Both officers have enrolled a token once, or there is staff beyond them.
    record Over() implements Progress {}

    /// @param waiting the officers who never enrolled a token: one of them, or both
    record HalfWay(List<Person> waiting) implements Progress {
      public HalfWay {
        waiting = List.copyOf(waiting);
      }
    }

    record NotBegun() implements Progress {}
  }

  public static Progress progress(Books books) {
    Collection<Person> everybody = books.roster().everybody();
    if (everybody.isEmpty()) {
      return new Progress.NotBegun();
    }
    List<Person> waiting =
        everybody.stream()
            .filter(Person::officer)
            .filter(officer -> books.roster().tokensOf(officer.id()).isEmpty())
            .sorted(Comparator.comparing(Person::name))
            .toList();
    return everybody.size() > Officers.QUORUM || waiting.isEmpty()
        ? new Progress.Over()
        : new Progress.HalfWay(waiting);
  }

  /// Takes a beginning up that stopped half-way: fresh codes for the officers who wait, the codes
  /// before void, and `policy` in force. Throws [IllegalStateException] unless it is half-way.
  public static Map<String, Secret> resume(
      Books books, Policy policy, Randomness randomness, Instant now) {
    if (!(progress(books) instanceof Progress.HalfWay(var waiting))) {
      throw new IllegalStateException("there is no beginning that stopped half-way");
    }
    Event event =
        Event.at(now, EventType.BOOTSTRAP, Outcome.DONE)
            .with("policy", policy.digest().hex())
            .with("resumed", "yes");
    List<Change> changes = new ArrayList<>();
    PolicyInForce present = books.policy();
    if (!present.policy().digest().equals(policy.digest())) {
      changes.add(
          new Change.PutPolicy(present.version() + 1, policy.digest(), policy.document(), now));
    }
    books.docket().enrolments().stream()
        .map(open -> new Change.CloseEnrolment(open.act()))
        .forEach(changes::add);
    Map<String, Secret> codes = new LinkedHashMap<>();
    for (Person officer : waiting) {
      changes.add(new Change.PutPerson(officer.as(PersonState.INVITED).renewed()));
      changes.add(opened(officer, codes, randomness, now));
      event = event.with("officer-" + codes.size(), officer.id().toString());
    }
    books.commit(event, changes);
    return codes;
  }

  private static Change opened(
      Person officer, Map<String, Secret> codes, Randomness randomness, Instant now) {
    Secret code = EnrolmentCode.random(randomness);
    codes.put(officer.name(), code);
    return new Change.PutEnrolment(
        new Enrolment(
            ActId.next(now, randomness),
            officer.id(),
            code.digest(),
            true,
            false,
            now.plus(TOGETHER),
            null));
  }

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
      changes.add(new Change.PutPerson(person));
      changes.add(opened(person, codes, randomness, now));
      event = event.with("officer-" + codes.size(), person.id().toString());
    }
    books.commit(event, changes);
    return codes;
  }
}
