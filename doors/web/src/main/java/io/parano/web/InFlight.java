package io.parano.web;

import io.parano.access.Door;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The door's word to the lever: once [#closed] returns, no request that was let through before the
/// cut is still waiting for its answer. Made before the core, which wants it, and given to
/// [WebDoor#open].
///
/// Most answers are decided and written in one turn of an event loop, so that a round through every
/// loop has seen them off. Those that waited for the log run elsewhere, and are counted in rounds:
/// each cut begins a new round and waits for the old one to run dry.
public final class InFlight implements Door {
  /// A turn of a loop takes microseconds; a loop that takes longer is being stopped.
  private static final long PATIENCE_SECONDS = 5;

  private final List<Context> loops = new CopyOnWriteArrayList<>();
  private Round round = new Round();

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
  public void closed() {
    Round old = turn();
    old.end();
    CountDownLatch turned = new CountDownLatch(loops.size());
    for (Context loop : loops) {
      loop.runOnContext(nothing -> turned.countDown());
    }
    await(turned);
    await(old.dry);
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

  private static void await(CountDownLatch latch) {
    try {
      boolean inTime = latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        throw new IllegalStateException("an event loop of the web door does not turn");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
