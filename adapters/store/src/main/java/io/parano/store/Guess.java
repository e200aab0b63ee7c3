package io.parano.store;

import io.parano.audit.Event;
import io.parano.kernel.Randomness;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Guesses an entry's place, so that its caller can make it while the writer waits for the disk.
/// Callers that overtake each other on the way into the queue, and failures, make guesses wrong;
/// then the writer makes those entries anew.
final class Guess {
  private final AtomicLong next = new AtomicLong();
  private final Randomness randomness;

  Guess(Randomness randomness) {
    this.randomness = randomness;
  }

  void draft(Pending pending) {
    Event event = pending.event;
    if (event != null) {
      try {
        pending.draft = Draft.of(event, next.getAndIncrement(), randomness);
      } catch (RuntimeException e) {
        // The writer comes upon the same, and answers for it.
      }
    }
  }

  /// Where a whole group was off by the same, the guessing itself is. (Two callers that overtook
  /// each other are off in opposite directions, and all after them are right.)
  ///
  /// @param first where the group came to stand
  /// @param following the next place that is free, counting what is queued
  void correct(List<Pending> group, long first, long following) {
    Draft draft = group.getFirst().draft;
    Draft last = group.getLast().draft;
    if (draft != null
        && last != null
        && draft.index() != first
        && last.index() - draft.index() == group.size() - 1) {
      next.set(following);
    }
  }
}
