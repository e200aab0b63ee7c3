package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.web.WebConfig.Limits;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Virtual threads for whatever may block, so many at once and no more: what does not fit is turned
/// away at once instead of piling up in memory, and one source can't take all the places.
final class Workers implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("web-", 0).factory());
  private final Semaphore places;
  private final int perSource;
  private final ConcurrentHashMap<IpPrefix, Integer> busy = new ConcurrentHashMap<>();

  Workers(Limits limits) {
    this.places = new Semaphore(limits.workers());
    this.perSource = limits.workersPerSource();
  }

  /// Starts `task` if there is a place for `source`; says whether it did.
  boolean start(IpAddress source, Runnable task) {
    if (!places.tryAcquire()) {
      return false;
    }
    IpPrefix from = source.binding();
    if (busy.merge(from, 1, Integer::sum) > perSource) {
      leave(from);
      return false;
    }
    threads.execute(() -> {
      try {
        task.run();
      } finally {
        leave(from);
      }
    });
    return true;
  }

  @Override
  public void close() {
    threads.close();
  }

  private void leave(IpPrefix from) {
    busy.computeIfPresent(from, (source, count) -> count == 1 ? null : count - 1);
    places.release();
  }
}
