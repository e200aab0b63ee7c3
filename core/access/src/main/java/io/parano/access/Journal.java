package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.Tally;
import io.parano.audit.TallyOutcome;
import io.parano.kernel.IpAddress;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/// How refusals reach the log: the first few of a kind are listed, and beyond that they are
/// counted, so that outsiders can neither fill the log nor hide in it.
public final class Journal {
  private final Books books;
  private final Tally tally;
  private final LongAdder unlisted = new LongAdder();

  public Journal(Books books, Tally tally) {
    this.books = books;
    this.tally = tally;
  }

  /// Records something that changes nothing, such as a start. A log that can't take it is counted
  /// in [#unlisted].
  public void note(Event event) {
    list(event);
  }

  /// Records a refusal. Never throws: a refusal stands whether or not the log can take it.
  void refused(Event event, IpAddress source) {
    if (listed(event, source)) {
      list(event);
    }
  }

  /// Whether this refusal is one to list; if not, it is counted herewith.
  boolean listed(Event event, IpAddress source) {
    return switch (tally.seen(event.at(), event.type(), event.reason(), event.door(), source)) {
      case TallyOutcome.Counted counted -> false;
      case TallyOutcome.ListIt listIt -> true;
    };
  }

  void list(Event event) {
    try {
      books.commit(event);
    } catch (Ledger.Unavailable e) {
      unlisted.increment();
    }
  }

  /// How many refusals the log could not take, ever since the start.
  public long unlisted() {
    return unlisted.sum();
  }

  /// Writes down what was only counted so far; called every few seconds. What can't be written is
  /// counted in [#unlisted].
  public void settle(Instant now) {
    for (Event counted : tally.drain(now)) {
      list(counted);
    }
  }
}
