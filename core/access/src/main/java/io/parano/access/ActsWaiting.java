package io.parano.access;

import io.parano.identity.Act;
import io.parano.identity.Proposal;
import io.parano.kernel.PersonId;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much one officer may lay before the others: what is proposed is kept in memory, whole, until
/// it is done or its time is over. What was rejected counts until then as well, so that nobody
/// makes room by rejecting their own.
final class ActsWaiting {
  static final int MOST = 512;

  /// Of all of them as they are signed; the largest policy is a sixteenth of that.
  static final long MOST_CHARACTERS = 4L * 1024 * 1024;

  private ActsWaiting() {}

  /// Why `proposer` may not add `acts`; null when there is room.
  static @Nullable Reason refusal(Books books, PersonId proposer, List<Act> acts, Instant now) {
    List<Act> before =
        books.docket().proposals().stream()
            .filter(one -> one.proposer().equals(proposer))
            .filter(one -> one.state() != Proposal.State.DONE && now.isBefore(one.expiresAt()))
            .map(Proposal::act)
            .toList();
    boolean room =
        before.size() + acts.size() <= MOST
            && characters(before) + characters(acts) <= MOST_CHARACTERS;
    return room ? null : Reason.RATE_LIMITED;
  }

  private static long characters(List<Act> acts) {
    return acts.stream().mapToLong(act -> act.canonical().text().length()).sum();
  }
}
