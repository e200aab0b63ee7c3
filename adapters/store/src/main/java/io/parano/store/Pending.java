package io.parano.store;

import io.parano.audit.Event;
import io.parano.kernel.Tagger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Something that a caller waits to see durable.
final class Pending {
  /// What belongs in the log; null for changes that are not recorded, such as when a session was
  /// last used.
  final @Nullable Event event;

  final List<Write> writes;

  /// Set for an act that takes away and therefore must not fail.
  final @Nullable UUID withdrawal;

  /// The entry as its caller made it, for the place that it will most likely get: on its own
  /// thread, while the writer waits for the disk. Null when nobody guessed.
  volatile @Nullable Draft draft;

  private final Thread caller = Thread.currentThread();
  private volatile @Nullable Settled settled;

  /// Set where every row is to be tagged anew under this key; then it is a group by itself.
  final @Nullable Tagger retag;

  Pending(@Nullable Event event, List<Write> writes, @Nullable UUID withdrawal) {
    this(event, writes, withdrawal, null);
  }

  private Pending(
      @Nullable Event event,
      List<Write> writes,
      @Nullable UUID withdrawal,
      @Nullable Tagger retag) {
    this.event = event;
    this.writes = writes;
    this.withdrawal = withdrawal;
    this.retag = retag;
  }

  static Pending retagging(Event event, Tagger under) {
    return new Pending(event, List.of(), null, under);
  }

  /// `group` in the same order, what stands alone apart from the rest.
  static List<List<Pending>> apart(List<Pending> group) {
    List<List<Pending>> groups = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < group.size(); i++) {
      if (group.get(i).retag != null) {
        groups.add(List.copyOf(group.subList(from, i)));
        groups.add(List.of(group.get(i)));
        from = i + 1;
      }
    }
    groups.add(List.copyOf(group.subList(from, group.size())));
    groups.removeIf(List::isEmpty);
    return groups;
  }

  sealed interface Settled {
    record Failed(Throwable cause) implements Settled {}

    /// In the reserve, or at worst in memory.
    record Reserved() implements Settled {}

    /// @param index the entry's place; -1 without an event
    record Durable(long index) implements Settled {}
  }

  void settle(Settled outcome) {
    settled = outcome;
    LockSupport.unpark(caller);
  }

  /// Blocks until it is settled; an interruption is kept for later, since what is under way can't
  /// be taken back.
  Settled await() {
    boolean interrupted = false;
    Settled outcome = settled;
    while (outcome == null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
      outcome = settled;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return outcome;
  }
}
