package io.parano.access;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread for each. */
final class TestThreads implements Abreast {
  @Override
  public void run(List<Runnable> tasks, Duration most) {
    CountDownLatch through = new CountDownLatch(tasks.size());
    for (Runnable task : tasks) {
      Thread.startVirtualThread(() -> {
        try {
          task.run();
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
