package io.parano.store;

import io.parano.access.Ledger;
import io.parano.audit.Event;
import io.parano.audit.Frontier;
import io.parano.kernel.Randomness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Group commit. Callers queue and block; one thread takes whatever has queued up while the disk
/// was busy with the group before, makes it durable in one transaction, and lets them all go on.
/// While the reserve holds anything, that goes into the log first: what was taken away is never
/// overtaken by what came later.
final class LogWriter implements AutoCloseable {
  /// Enough that the sync is shared by all who can wait for it, few enough that a group is done in
  /// milliseconds.
  private static final int MOST_IN_GROUP = 256;

  /// How often, in milliseconds, the reserve is tried again when nobody else writes.
  private static final long RETRY_MILLIS = 1_000;

  private static final Pending END = new Pending(null, List.of(), null);

  private final Database database;
  private final long writer;
  private final Randomness randomness;
  private final RowTags tags;
  private final RowBook book;
  private final Reserve reserve;
  private final Consumer<Notice> notices;
  private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().name("parano-log").unstarted(this::run);
  private @Nullable Appender appender;
  private boolean unwritable;
  private final Guess guess;
  private volatile Frontier durable = Frontier.empty();
  private volatile boolean finished;

  LogWriter(
      Database database,
      long writer,
      Randomness randomness,
      RowTags tags,
      RowBook book,
      Reserve reserve,
      Consumer<Notice> notices) {
    this.database = database;
    this.writer = writer;
    this.tags = tags;
    this.book = book;
    this.randomness = randomness;
    this.reserve = reserve;
    this.guess = new Guess(randomness);
    this.notices = notices;
  }

  /// What came of one attempt at a transaction.
  private sealed interface Attempt {
    /// The world is at fault: nothing else will work either just now.
    record Failed(Throwable cause) implements Attempt {}

    /// What was asked for is at fault, and fails alone.
    record Blamed(Throwable cause) implements Attempt {}

    record Written(long first) implements Attempt {}
  }

  sealed interface Start {
    record Failed(Throwable cause) implements Start {}

    record Started() implements Start {}
  }

  /// Brings what stands in the reserve into the log, then begins to take commits.
  ///
  /// @param first the entry that comes before all that; null for none
  Start start(@Nullable Event first) {
    Attempt attempt =
        first == null ? new Attempt.Written(0) : attempt(new Pending(first, List.of(), null));
    if (attempt instanceof Attempt.Written) {
      attempt = replay();
    }
    Throwable cause = failure(attempt);
    if (cause != null) {
      closeAppender();
      return new Start.Failed(cause);
    }
    thread.start();
    return new Start.Started();
  }

  private static @Nullable Throwable failure(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Failed(Throwable cause) -> cause;
      case Attempt.Blamed(Throwable cause) -> cause;
      case Attempt.Written _ -> null;
    };
  }

  /// Blocks until `pending` is settled.
  Pending.Settled submit(Pending pending) {
    guess.draft(pending);
    queue.add(pending);
    if (finished) {
      refuseRest();
    }
    return pending.await();
  }

  /// The number under which it may append.
  long number() {
    return writer;
  }

  /// The log's end as of the last durable group.
  Frontier durable() {
    return durable;
  }

  /// Finishes what is queued; whoever comes later is refused.
  @Override
  public void close() {
    queue.add(END);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    closeAppender();
    try {
      reserve.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run() {
    try {
      serve();
    } finally {
      finished = true;
      refuseRest();
    }
  }

  private void serve() {
    List<Pending> group = new ArrayList<>(MOST_IN_GROUP);
    boolean ended = false;
    while (!ended) {
      group.clear();
      Pending first = next();
      if (first == null) {
        replay();
        continue;
      }
      group.add(first);
      queue.drainTo(group, MOST_IN_GROUP - 1);
      ended = group.remove(END);
      Pending.apart(group).forEach(this::write);
    }
  }

  private @Nullable Pending next() {
    while (true) {
      try {
        return reserve.isEmpty() ? queue.take() : queue.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread; it ends by END.
      }
    }
  }

  private void write(List<Pending> group) {
    Attempt attempt = replay();
    if (!(attempt instanceof Attempt.Failed)) {
      attempt = attempt(group);
    }
    switch (attempt) {
      case Attempt.Failed(Throwable cause) -> fail(group, cause);
      case Attempt.Blamed(Throwable cause) -> {
        if (group.size() == 1) {
          blame(group.getFirst(), cause);
        } else {
          List.copyOf(group).forEach(pending -> write(List.of(pending)));
        }
      }
      case Attempt.Written(long first) -> {
        if (unwritable) {
          writableAgain(0);
        }
        guess.correct(group, first, durable.size() + queue.size());
        long index = first;
        for (Pending pending : group) {
          pending.settle(new Pending.Settled.Durable(pending.event == null ? -1 : index++));
        }
      }
    }
  }

  /// The reserve's records, each in its own transaction, unless the log has them already.
  private Attempt replay() {
    List<ReserveRecord> records = reserve.pending();
    Attempt last = new Attempt.Written(durable.size());
    for (ReserveRecord record : records) {
      last = replay(record);
      if (last instanceof Attempt.Failed) {
        return last;
      }
    }
    if (!records.isEmpty()) {
      reserve.clear();
      writableAgain(records.size());
    } else if (appender == null) {
      // At the first start, and after a connection was given up.
      return attempt(List.of());
    }
    return last;
  }

  private Attempt replay(ReserveRecord record) {
    try {
      if (appender().holds(record.id())) {
        return new Attempt.Written(durable.size());
      }
    } catch (SQLException | RuntimeException e) {
      closeAppender();
      return new Attempt.Failed(e);
    }
    Attempt attempt = attempt(new Pending(record.event(), record.writes(), record.id()));
    if (attempt instanceof Attempt.Blamed(Throwable cause)) {
      tell(refused(record.event().type().code(), cause));
      return attempt(new Pending(record.event(), List.of(), record.id()));
    }
    return attempt;
  }

  private Attempt attempt(Pending pending) {
    return attempt(List.of(pending));
  }

  private Attempt attempt(List<Pending> group) {
    long first = durable.size();
    long entries = group.stream().filter(pending -> pending.event != null).count();
    try {
      if (!group.isEmpty() && group.getFirst().retag != null && !reserve.isForgotten()) {
        throw new LogUnread("what the reserve holds is under the key before", new IOException());
      }
      Appender pen = appender();
      first = pen.frontier().size();
      pen.append(group);
      durable = pen.frontier();
      return new Attempt.Written(first);
    } catch (SQLException e) {
      Attempt recovered = recover(first, entries);
      if (recovered instanceof Attempt.Written) {
        return recovered;
      }
      return database.fault(e) == Database.Fault.STATEMENT
          ? new Attempt.Blamed(e)
          : new Attempt.Failed(e);
    } catch (Unreadable | LogUnread e) {
      closeAppender();
      return new Attempt.Failed(e);
    } catch (RuntimeException e) {
      recover(first, entries);
      return new Attempt.Blamed(e);
    } catch (Error e) {
      closeAppender();
      return new Attempt.Failed(e);
    }
  }

  /// After a failure the database itself says where the log ends: a commit whose answer was lost
  /// still counts. A connection that can't roll back is given up: on a full disk SQLite has done so
  /// by itself (sqlite.org/lang_transaction.html), and the driver would begin no new transaction.
  private Attempt recover(long first, long entries) {
    Appender pen = appender;
    try {
      if (pen != null) {
        pen.recover();
        durable = pen.frontier();
        if (entries > 0 && durable.size() == first + entries) {
          return new Attempt.Written(first);
        }
      }
      return new Attempt.Failed(new IllegalStateException("rolled back"));
    } catch (SQLException | RuntimeException e) {
      closeAppender();
      return new Attempt.Failed(e);
    }
  }

  private void fail(List<Pending> group, Throwable cause) {
    if (!unwritable) {
      unwritable = true;
      tell(new Notice.Unwritable(String.valueOf(cause.getMessage())));
    }
    for (Pending pending : group) {
      if (pending.withdrawal != null && pending.event != null) {
        keep(new ReserveRecord(pending.withdrawal, pending.event, pending.writes), cause);
        pending.settle(new Pending.Settled.Reserved());
      } else {
        pending.settle(
            new Pending.Settled.Failed(new Ledger.Unavailable("the log can't be written", cause)));
      }
    }
  }

  /// The changes of `pending` are impossible. Whatever only takes away is recorded all the same.
  private void blame(Pending pending, Throwable cause) {
    if (pending.withdrawal == null || pending.event == null) {
      pending.settle(
          new Pending.Settled.Failed(
              new IllegalStateException(
                  "the log refuses this event or its changes: " + cause.getMessage(), cause)));
      return;
    }
    tell(refused(pending.event.type().code(), cause));
    if (!pending.writes.isEmpty()
        && attempt(new Pending(pending.event, List.of(), pending.withdrawal))
            instanceof Attempt.Written(long index)) {
      pending.settle(new Pending.Settled.Durable(index));
    } else {
      pending.settle(new Pending.Settled.Reserved());
    }
  }

  private void writableAgain(int fromReserve) {
    unwritable = false;
    tell(new Notice.WritableAgain(fromReserve));
  }

  private void tell(Notice notice) {
    try {
      notices.accept(notice);
    } catch (RuntimeException e) {
      // The log goes on, whatever becomes of those who listen to it.
    }
  }

  private void keep(ReserveRecord record, Throwable cause) {
    String why = String.valueOf(cause.getMessage());
    tell(
        switch (reserve.keep(record)) {
          case ON_DISK -> new Notice.Reserved(why);
          case IN_MEMORY -> new Notice.OnlyInMemory(why);
        });
  }

  private static Notice refused(String event, Throwable cause) {
    return new Notice.ChangesRefused(event, String.valueOf(cause.getMessage()));
  }

  private Appender appender() throws SQLException {
    Appender pen = appender;
    if (pen == null) {
      pen = Appender.open(database, writer, randomness, tags, book);
      appender = pen;
      durable = pen.frontier();
    }
    return pen;
  }

  private void closeAppender() {
    try {
      if (appender != null) {
        appender.close();
      }
    } catch (SQLException e) {
      // It is given up because it does not work: that it does not close either says nothing new.
    }
    appender = null;
  }

  private void refuseRest() {
    for (Pending late = queue.poll(); late != null; late = queue.poll()) {
      late.settle(
          new Pending.Settled.Failed(
              new Ledger.Unavailable("the log is closed", new IllegalStateException("closed"))));
    }
  }
}
