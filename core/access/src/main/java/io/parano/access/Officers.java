package io.parano.access;

import io.parano.authn.AssertionOutcome;
import io.parano.authn.AssertionResponse;
import io.parano.authn.Assertions;
import io.parano.identity.Act;
import io.parano.identity.Approval;
import io.parano.identity.Authenticator;
import io.parano.identity.Enrolment;
import io.parano.identity.Newcomer;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.identity.Proposal;
import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What officers' signatures are worth now: verified when they are given, and again whenever
/// something follows from them.
final class Officers {
  /// Fewer than this many registered officers could not undo what one of them does.
  static final int QUORUM = 2;

  private static final long PATIENCE_MILLIS = 300;

  private final Books books;
  private final Assertions assertions;
  private final ReentrantLock acting = new ReentrantLock();
  private final Queue<Taking<?>> overtook = new ConcurrentLinkedQueue<>();

  /// Something that only takes away, and may be done twice.
  interface Taking<T> {
    T take();
  }

  Officers(Books books, Assertions assertions) {
    this.books = books;
    this.assertions = assertions;
  }

  /// One act at a time: what it was worked out from still holds when it is written.
  <T> T exclusively(Supplier<T> act) {
    acting.lock();
    try {
      return act.get();
    } finally {
      release();
    }
  }

  private void release() {
    try {
      again();
    } finally {
      acting.unlock();
    }
    settle();
  }

  /// As [#exclusively], but never held up by an act that hangs (a stalled disk): what only takes
  /// away goes ahead, and is done once more when that act is through, which was worked out before
  /// and may have given back what was taken meanwhile.
  <T> T withoutDelay(Taking<T> taking) {
    if (aloneSoon()) {
      try {
        return taking.take();
      } finally {
        release();
      }
    }
    overtook.add(taking);
    T taken = taking.take();
    settle();
    return taken;
  }

  private boolean aloneSoon() {
    try {
      return acting.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Whoever is under way does again what overtook it; this is for what came after they had looked.
  private void settle() {
    while (!overtook.isEmpty() && acting.tryLock()) {
      try {
        again();
      } finally {
        acting.unlock();
      }
    }
  }

  private void again() {
    for (Taking<?> taking = overtook.poll(); taking != null; taking = overtook.poll()) {
      taking.take();
    }
  }

  /// How many must sign: as the act says, and two for newcomers in a group that may have a tunnel.
  /// Who may have the VPN at all is never for one to say: the policy, groups, devices and this.
  int needed(Act act) {
    return act instanceof Act.AdmitStaff(var newcomers, var passwords)
            && newcomers.stream().anyMatch(this::mayHaveATunnel)
        ? Math.max(2, act.approvals())
        : act.approvals();
  }

  private boolean mayHaveATunnel(Newcomer newcomer) {
    return books.policy().policy().vpnRules().stream()
        .anyMatch(rule -> !Collections.disjoint(rule.groups(), newcomer.groups()));
  }

  /// Why the signatures under `proposal` do not suffice; null when enough officers, all still
  /// officers with usable tokens, signed exactly this act.
  @Nullable Reason objection(Proposal proposal, Instant now) {
    Set<PersonId> signers = new HashSet<>();
    for (Approval approval : books.docket().approvals(proposal.id())) {
      if (holds(proposal, approval, now)) {
        signers.add(approval.officer());
      }
    }
    return signers.size() >= needed(proposal.act()) ? null : Reason.APPROVALS_MISSING;
  }

  /// Why nobody may enrol under `enrolment`; null when its act's signatures still suffice. At the
  /// very beginning there is nobody who could sign: the first officers enrol together, and only
  /// until there are two.
  @Nullable Reason objection(Enrolment enrolment, Instant now) {
    Proposal proposal = books.docket().proposal(enrolment.act());
    if (proposal != null) {
      return GlassActs.ofGlass(enrolment, books) ? signed(proposal) : objection(proposal, now);
    }
    return active().size() < QUORUM ? null : Reason.APPROVALS_MISSING;
  }

  /// As [#objection], for what must hold when nobody's token counts any more: enough officers of
  /// then signed exactly this act with tokens of theirs, whatever has become of either.
  private @Nullable Reason signed(Proposal proposal) {
    long signers =
        books.docket().approvals(proposal.id()).stream()
            .filter(approval -> {
              Person officer = books.roster().person(approval.officer());
              Authenticator token = books.roster().token(approval.token());
              return officer != null
                  && token != null
                  && token.person().equals(officer.id())
                  && signed(proposal, approval, officer, token);
            })
            .map(Approval::officer)
            .distinct()
            .count();
    return signers >= needed(proposal.act()) ? null : Reason.APPROVALS_MISSING;
  }

  /// Registered officers who can act.
  List<Person> active() {
    return books.roster().officers().stream()
        .filter(officer -> officer.state() == PersonState.ACTIVE)
        .toList();
  }

  private boolean holds(Proposal proposal, Approval approval, Instant now) {
    Person officer = books.roster().person(approval.officer());
    Authenticator token = books.roster().token(approval.token());
    if (officer == null
        || token == null
        || !officer.officer()
        || officer.state() != PersonState.ACTIVE
        || officer.id().equals(proposal.act().beneficiary())
        || !token.person().equals(officer.id())
        || !token.usable(now)) {
      return false;
    }
    return signed(proposal, approval, officer, token);
  }

  private boolean signed(
      Proposal proposal, Approval approval, Person officer, Authenticator token) {
    AssertionResponse response =
        new AssertionResponse(
            token.credentialId(),
            approval.authenticatorData(),
            approval.clientData(),
            approval.signature(),
            null);
    Bytes challenge = Bytes.of(proposal.challenge().bytes());
    return switch (assertions.verifyAgain(challenge, Touches.record(token, officer), response)) {
      case AssertionOutcome.Accepted accepted -> true;
      case AssertionOutcome.Refused refused -> false;
    };
  }
}
