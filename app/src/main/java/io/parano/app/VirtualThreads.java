package io.parano.app;

import io.parano.access.Abreast;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Abreast] by a virtual thread each.
final class VirtualThreads implements Abreast {
  private static final Logger LOG = LoggerFactory.getLogger(VirtualThreads.class);

  @Override
  public void run(List<Runnable> tasks, Duration most) {
    CountDownLatch through = new CountDownLatch(tasks.size());
    for (Runnable task : tasks) {
      Thread.startVirtualThread(() -> {
        try {
          task.run();
        } catch (RuntimeException e) {
          LOG.error("one of several things done at once failed", e);
        } finally {
          through.countDown();
        }
      });
    }
    try {
      boolean _ = through.await(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
