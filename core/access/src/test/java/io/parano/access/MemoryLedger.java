package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.Receipt;
import io.parano.audit.Receipts;
import io.parano.kernel.PersonId;
import io.parano.kernel.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ledger in memory that keeps what it is given, and can be told that its disk is full. */
final class MemoryLedger implements Ledger {
  private final List<Event> events = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<SessionId, Instant> lastSeen = new HashMap<>();
  private boolean full;
  private @Nullable Runnable stall;
  private @Nullable Runnable linger;

  @Override
  public Receipt commit(Event event, List<Change> given) {
    meanwhile();
    Receipt receipt = write(event, given);
    afterwards();
    return receipt;
  }

  private void afterwards() {
    Runnable during;
    synchronized (this) {
      during = linger;
      linger = null;
    }
    if (during != null) {
      during.run();
    }
  }

  private void meanwhile() {
    Runnable during;
    synchronized (this) {
      during = stall;
      stall = null;
    }
    if (during != null) {
      during.run();
    }
  }

  private synchronized Receipt write(Event event, List<Change> given) {
    if (full) {
      throw new Unavailable("the disk is full", new IllegalStateException("told so"));
    }
    events.add(event);
    changes.addAll(given);
    return Receipts.committed(events.size() - 1L);
  }

  @Override
  public void withdraw(Event event, List<Change> given) {
    meanwhile();
    taken(event, given);
  }

  private synchronized void taken(Event event, List<Change> given) {
    events.add(event);
    changes.addAll(given);
  }

  @Override
  public synchronized void seen(Map<SessionId, Instant> seen) {
    lastSeen.putAll(seen);
  }

  /** The next commit or withdrawal waits for its disk while `during` happens. */
  synchronized void stall(Runnable during) {
    stall = during;
  }

  /** The next commit is on its disk, and has not said so, while `during` happens. */
  synchronized void linger(Runnable during) {
    linger = during;
  }

  synchronized void fill() {
    full = true;
  }

  synchronized void makeRoom() {
    full = false;
  }

  synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /** The state that a restart would read: of a person there is one row, as it was written last. */
  synchronized State state() {
    Map<PersonId, Change> rows = new LinkedHashMap<>();
    List<Change> others = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.PutPerson(var person)) {
        rows.put(person.id(), change);
      } else {
        others.add(change);
      }
    }
    List<Change> read = new ArrayList<>(rows.values());
    read.addAll(others);
    return new State(read, lastSeen);
  }
}
