package io.parano.access;

import io.parano.identity.Approval;
import io.parano.identity.Enrolment;
import io.parano.identity.Proposal;
import io.parano.kernel.ActId;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What lies before the officers: proposals, their signatures, and the enrolments they opened.
/// Changed only by [Books].
public final class Docket {
  private final Map<ActId, Proposal> proposals = new ConcurrentHashMap<>();
  private final Map<ActId, List<Approval>> approvals = new ConcurrentHashMap<>();
  private final Map<ActId, Enrolment> enrolments = new ConcurrentHashMap<>();

  private final Map<ActId, Bytes> enclosures = new ConcurrentHashMap<>();

  Docket() {}

  public @Nullable Proposal proposal(ActId id) {
    return proposals.get(id);
  }

  public Collection<Proposal> proposals() {
    return proposals.values();
  }

  public List<Approval> approvals(ActId id) {
    return approvals.getOrDefault(id, List.of());
  }

  public Optional<Enrolment> enrolmentWith(Digest code) {
    return enrolments.values().stream()
        .filter(enrolment -> enrolment.code().equals(code))
        .findFirst();
  }

  public @Nullable Enrolment enrolment(ActId act) {
    return enrolments.get(act);
  }

  public Collection<Enrolment> enrolments() {
    return enrolments.values();
  }

  /// What lies sealed beside a proposal.
  @Nullable Bytes enclosure(ActId act) {
    return enclosures.get(act);
  }

  Collection<Bytes> enclosures() {
    return enclosures.values();
  }

  Collection<ActId> enclosing() {
    return enclosures.keySet();
  }

  void enclose(ActId act, Bytes sealed) {
    enclosures.put(act, sealed);
  }

  void dropEnclosure(ActId act) {
    enclosures.remove(act);
  }

  void put(Proposal proposal) {
    proposals.put(proposal.id(), proposal);
  }

  void drop(ActId act) {
    proposals.remove(act);
  }

  /// Of acts whose time is over and on which nothing hangs any more; the store keeps them.
  void forget(Instant now) {
    proposals
        .values()
        .removeIf(proposal ->
            proposal.state() != Proposal.State.OPEN
                && !now.isBefore(proposal.expiresAt())
                && !enrolments.containsKey(proposal.id())
                && !enclosures.containsKey(proposal.id()));
    approvals.keySet().removeIf(act -> !proposals.containsKey(act));
  }

  void put(Approval approval) {
    approvals.merge(approval.act(), List.of(approval), Docket::with);
  }

  void put(Enrolment enrolment) {
    enrolments.put(enrolment.act(), enrolment);
  }

  void close(ActId act) {
    enrolments.remove(act);
  }

  private static List<Approval> with(List<Approval> before, List<Approval> added) {
    Approval approval = added.getFirst();
    return Stream.concat(
            before.stream().filter(known -> !known.officer().equals(approval.officer())),
            added.stream())
        .toList();
  }
}
