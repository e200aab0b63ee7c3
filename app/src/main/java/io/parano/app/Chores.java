package io.parano.app;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server does by the clock, one thing at a time, on one thread. A chore that fails is
/// logged and tried again at its next time.
final class Chores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  private final ScheduledExecutorService clockwork =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("chores").daemon().factory());

  void every(long seconds, String name, Runnable chore) {
    var _ =
        clockwork.scheduleWithFixedDelay(
            () -> run(name, chore), seconds, seconds, TimeUnit.SECONDS);
  }

  /// As soon as nothing else is under way.
  void once(String name, Runnable chore) {
    clockwork.execute(() -> run(name, chore));
  }

  /// Waits for the chore under way, for five seconds at most.
  @Override
  public void close() {
    clockwork.shutdown();
    try {
      if (!clockwork.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("a chore is still under way; leaving it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(String name, Runnable chore) {
    try {
      chore.run();
    } catch (RuntimeException e) {
      LOG.error("the chore {} failed; it is tried again", name, e);
    }
  }
}
