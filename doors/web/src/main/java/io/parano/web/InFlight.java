package io.parano.web;

import io.parano.access.Door;
import io.parano.access.Taken;
import io.parano.session.Session;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The door's word to the lever: once [#closed] returns, no request that was let through before the
/// cut is still waiting for its answer. Made before the core, which wants it, and given to
/// [WebDoor#open].
///
/// Most answers are decided and written in one task of an event loop ([AtTurnsEnd]), so that a
/// round through every loop has seen them off. Those that waited for the log run elsewhere, and are
/// counted in rounds: each cut begins a new round and waits for the old one to run dry.
public final class InFlight implements Door {
  /// A turn of a loop takes microseconds, a record milliseconds; what takes longer hangs.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Duration patience;
  private final List<Context> loops = new CopyOnWriteArrayList<>();
  private Round round = new Round();

  public InFlight() {
    this(PATIENCE);
  }

  InFlight(Duration patience) {
    this.patience = patience;
  }

  /// The requests that waited for the log between two cuts.
  static final class Round {
    private final CountDownLatch dry = new CountDownLatch(1);
    private int under;
    private boolean over;

    private synchronized void enter() {
      under++;
    }

    synchronized void leave() {
      under--;
      settle();
    }

    private synchronized void end() {
      over = true;
      settle();
    }

    private void settle() {
      if (over && under == 0) {
        dry.countDown();
      }
    }
  }

  @Override
  public String name() {
    return "web";
  }

  @Override
  public int closed(Taken taken) {
    Round old = turn();
    old.end();
    CountDownLatch turned = new CountDownLatch(loops.size());
    for (Context loop : loops) {
      loop.runOnContext(nothing -> turned.countDown());
    }
    long deadline = System.nanoTime() + patience.toNanos();
    await(turned, deadline, "an event loop of the web door does not turn");
    await(old.dry, deadline, "a request of the web door waits for the log");
    return taken.count(Session.Kind.PORTAL, Session.Kind.HOST, Session.Kind.COMMAND);
  }

  void join(Context loop) {
    loops.add(loop);
  }

  /// Counts a request in; it leaves when its answer is written.
  synchronized Round enter() {
    round.enter();
    return round;
  }

  private synchronized Round turn() {
    Round old = round;
    round = new Round();
    return old;
  }

  private static void await(CountDownLatch latch, long deadline, String otherwise) {
    try {
      if (!latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new Silent(otherwise);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
