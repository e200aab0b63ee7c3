package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.authn.AssertionResponse;
import io.parano.authn.GuessLimits;
import io.parano.identity.Act;
import io.parano.identity.Approval;
import io.parano.identity.Authenticator;
import io.parano.identity.Person;
import io.parano.identity.Proposal;
import io.parano.kernel.ActId;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Language;
import io.parano.kernel.PersonId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import io.parano.kernel.Sealer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Propose, look, sign, execute: officers' acts from first word to last.
final class OfficersDesk implements Approving {
  private final Books books;
  private final Portals portals;
  private final Touches touches;
  private final Officers officers;
  private final List<GuessLimits> limits;
  private final Journal journal;
  private final Sealer sealer;
  private final Randomness randomness;
  private final InstantSource clock;

  OfficersDesk(
      Books books,
      Portals portals,
      Touches touches,
      Officers officers,
      List<GuessLimits> limits,
      Journal journal,
      Sealer sealer,
      Randomness randomness,
      InstantSource clock) {
    this.books = books;
    this.portals = portals;
    this.touches = touches;
    this.officers = officers;
    this.limits = List.copyOf(limits);
    this.journal = journal;
    this.sealer = sealer;
    this.randomness = randomness;
    this.clock = clock;
  }

  @Override
  public Proposed propose(String bearer, Act act, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findOfficer(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Proposed.Refused(reason);
      case Portals.Found.Holder(var live, var person) -> {
        Reason full = ActsWaiting.refusal(books, person.id(), List.of(act), now);
        if (full != null) {
          yield new Proposed.Refused(full);
        }
        Proposal proposal = proposal(act, person, randomness, now);
        if (Execution.of(proposal, books, sealer, randomness, now)
            instanceof Execution.Refused(var reason)) {
          yield new Proposed.Refused(reason);
        }
        books.commit(
            event(EventType.ACT_PROPOSED, Outcome.DONE, proposal, person, source, now),
            new Change.PutProposal(proposal));
        yield new Proposed.Accepted(proposal);
      }
    };
  }

  @Override
  public Listed open(String bearer, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findOfficer(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Listed.Refused(reason);
      case Portals.Found.Holder holder ->
          new Listed.Acts(
              books.docket().proposals().stream()
                  .filter(proposal -> objection(proposal, now) == null)
                  .sorted(Comparator.comparing(Proposal::proposedAt))
                  .map(proposal -> pending(proposal, holder.person().language()))
                  .toList());
    };
  }

  @Override
  public Found find(String bearer, String name, IpAddress source) {
    return switch (portals.findOfficer(bearer, source, clock.instant())) {
      case Portals.Found.Nobody(var reason) -> new Found.Refused(reason);
      case Portals.Found.Holder holder ->
          books
              .roster()
              .named(name)
              .<Found>map(
                  person -> new Found.Somebody(person, books.roster().tokensOf(person.id())))
              .orElseGet(() -> new Found.Refused(Reason.PERSON_UNKNOWN));
    };
  }

  @Override
  public Begun begin(String bearer, ActId act, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findOfficer(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Begun.Refused(reason);
      case Portals.Found.Holder(var live, var person) -> {
        Proposal proposal = books.docket().proposal(act);
        Reason reason = refusal(proposal, person, now);
        yield reason != null || proposal == null
            ? new Begun.Refused(reason == null ? Reason.ACT_UNKNOWN : reason)
            : new Begun.Options(
                Bytes.of(proposal.challenge().bytes()),
                books.roster().tokensOf(person.id()).stream()
                    .filter(token -> token.usable(now))
                    .map(Authenticator::credentialId)
                    .toList(),
                GateSettings.CEREMONY);
      }
    };
  }

  @Override
  public Approved approve(String bearer, ActId act, AssertionResponse assertion, IpAddress source) {
    return officers.exclusively(() -> signed(bearer, act, assertion, source));
  }

  @Override
  public Proposed reject(String bearer, ActId act, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findOfficer(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Proposed.Refused(reason);
      case Portals.Found.Holder(var live, var person) ->
          officers.exclusively(() -> {
            Proposal proposal = books.docket().proposal(act);
            Reason reason = objection(proposal, now);
            if (reason != null || proposal == null) {
              return new Proposed.Refused(reason == null ? Reason.ACT_UNKNOWN : reason);
            }
            Proposal rejected = proposal.as(Proposal.State.REJECTED);
            books.commit(
                event(EventType.ACT_REJECTED, Outcome.DONE, proposal, person, source, now),
                new Change.PutProposal(rejected),
                new Change.DropEnclosure(act));
            return new Proposed.Accepted(rejected);
          });
    };
  }

  private Approved signed(String bearer, ActId act, AssertionResponse assertion, IpAddress source) {
    Instant now = clock.instant();
    return switch (portals.findOfficer(bearer, source, now)) {
      case Portals.Found.Nobody(var reason) -> new Approved.Refused(reason);
      case Portals.Found.Holder(var live, var person) -> {
        Proposal proposal = books.docket().proposal(act);
        Reason reason = refusal(proposal, person, now);
        if (proposal == null) {
          yield new Approved.Refused(Reason.ACT_UNKNOWN);
        }
        yield reason == null
            ? sign(proposal, person, assertion, source, now)
            : refuse(EventType.ACT_APPROVED, proposal, person, reason, source, now);
      }
    };
  }

  private Approved sign(
      Proposal proposal,
      Person officer,
      AssertionResponse assertion,
      IpAddress source,
      Instant now) {
    Bytes challenge = Bytes.of(proposal.challenge().bytes());
    return switch (touches.verify(officer, challenge, assertion, source, now)) {
      case Touches.Touch.Refused(var reason, var detail) -> {
        journal.refused(
            event(EventType.ACT_APPROVED, Outcome.REFUSED, proposal, officer, source, now)
                .because(reason)
                .with("detail", detail),
            source);
        yield new Approved.Refused(reason);
      }
      case Touches.Touch.Accepted accepted -> {
        Approval approval =
            new Approval(
                proposal.id(),
                officer.id(),
                accepted.token().id(),
                assertion.authenticatorData(),
                assertion.clientData(),
                assertion.signature(),
                now);
        books.commit(
            event(EventType.ACT_APPROVED, Outcome.DONE, proposal, officer, source, now)
                .with("token", accepted.token().id().toString()),
            accepted.count(),
            new Change.PutApproval(approval));
        int missing =
            officers.needed(proposal.act()) - books.docket().approvals(proposal.id()).size();
        yield missing > 0 ? new Approved.Waiting(missing) : execute(proposal, officer, source, now);
      }
    };
  }

  /// Every signature is verified again here: what is executed is what they signed, and they may
  /// still sign.
  private Approved execute(Proposal proposal, Person officer, IpAddress source, Instant now) {
    Reason unsigned = officers.objection(proposal, now);
    if (unsigned != null) {
      return refuse(EventType.ACT_EXECUTED, proposal, officer, unsigned, source, now);
    }
    return switch (Execution.of(proposal, books, sealer, randomness, now)) {
      case Execution.Refused(var reason) ->
          refuse(EventType.ACT_EXECUTED, proposal, officer, reason, source, now);
      case Execution.Planned planned -> {
        List<Change> changes = new ArrayList<>(planned.changes());
        changes.add(new Change.PutProposal(proposal.as(Proposal.State.DONE)));
        books.commit(event(planned.type(), Outcome.DONE, proposal, officer, source, now), changes);
        forgiveGuesses(proposal.act());
        yield new Approved.Executed(planned.code(), planned.until());
      }
    };
  }

  /// Officers have confirmed who this is: wrong guesses at their password and one-time passwords,
  /// whoever's, count no more.
  private void forgiveGuesses(Act act) {
    switch (act) {
      case Act.ReopenPerson(var person) -> limits.forEach(limit -> limit.reopen(person));
      case Act.ReplaceToken(var person, var until) -> limits.forEach(limit -> limit.reopen(person));
      case Act.ResetPassword(var person) -> limits.forEach(limit -> limit.reopen(person));
      case Act.AdmitStaff _,
          Act.EnrolToken _,
          Act.ChangeGroups _,
          Act.AppointOfficer _,
          Act.DismissOfficer _,
          Act.DismissStaff _,
          Act.EraseStaff _,
          Act.ApplyPolicy _,
          Act.ReopenToken _,
          Act.SealCode _,
          Act.NoteGlass _,
          Act.ReopenNetwork _,
          Act.ReopenZone _,
          Act.ReopenEverybody _,
          Act.EnrolOtp _,
          Act.EnrolDevice _,
          Act.AdmitClient _,
          Act.DismissClient _ -> {}
    }
  }

  private Approved refuse(
      EventType type,
      Proposal proposal,
      Person officer,
      Reason reason,
      IpAddress source,
      Instant now) {
    journal.refused(
        event(type, Outcome.REFUSED, proposal, officer, source, now).because(reason), source);
    return new Approved.Refused(reason);
  }

  /// Why this officer may not sign; null when they may.
  private @Nullable Reason refusal(@Nullable Proposal proposal, Person officer, Instant now) {
    Reason objection = objection(proposal, now);
    if (objection != null || proposal == null) {
      return objection;
    }
    if (officer.id().equals(proposal.act().beneficiary())) {
      return Reason.OWN_ACT;
    }
    return books.docket().approvals(proposal.id()).stream()
            .anyMatch(approval -> approval.officer().equals(officer.id()))
        ? Reason.ALREADY_APPROVED
        : null;
  }

  private static @Nullable Reason objection(@Nullable Proposal proposal, Instant now) {
    if (proposal == null) {
      return Reason.ACT_UNKNOWN;
    }
    return switch (proposal.state()) {
      case REJECTED, DONE -> Reason.ACT_DONE;
      case OPEN -> now.isBefore(proposal.expiresAt()) ? null : Reason.ACT_EXPIRED;
    };
  }

  private Pending pending(Proposal proposal, Language language) {
    PersonId subject = Subjects.of(proposal.act());
    return new Pending(
        proposal,
        nameOf(proposal.proposer()),
        subject == null ? null : nameOf(subject),
        books.docket().approvals(proposal.id()).stream()
            .map(Approval::officer)
            .map(this::nameOf)
            .toList(),
        officers.needed(proposal.act()),
        Differences.of(proposal.act(), books, language));
  }

  private String nameOf(PersonId id) {
    Person person = books.roster().person(id);
    return person == null ? id.toString() : person.name();
  }

  static Proposal proposal(Act act, Person proposer, Randomness randomness, Instant now) {
    return new Proposal(
        ActId.next(now, randomness),
        act,
        Bytes.of(randomness.bytes(32)),
        proposer.id(),
        now,
        now.plus(GateSettings.PROPOSAL),
        Proposal.State.OPEN);
  }

  static Event event(
      EventType type,
      Outcome outcome,
      Proposal proposal,
      Person officer,
      IpAddress source,
      Instant now) {
    Event event =
        Event.at(now, type, outcome)
            .by(officer.id())
            .from("web", source)
            .on("act:" + proposal.id())
            .with("kind", proposal.act().kind())
            .with("act", Bytes.of(proposal.act().canonical().bytes()).digest().hex());
    PersonId subject = Subjects.of(proposal.act());
    return subject == null ? event : event.with("subject", subject.toString());
  }
}
