package io.parano.web;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.web.WebConfig.Limits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Virtual threads for whatever may block, so many at once and no more, and one source can't take
/// all the places. Pages that don't fit are turned away at once instead of piling up in memory.
/// First uses wait for their turn, so many of them: a whole office comes from one address, all at
/// nine, and each of them is only a question.
final class Workers implements AutoCloseable {
  /// A waiting question takes a kilobyte or two.
  static final int WAITING = 4_096;

  static final int WAITING_PER_SOURCE = 1_024;

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("web-", 0).factory());
  private final int places;
  private final int perSource;
  private final Map<IpPrefix, Integer> busy = new HashMap<>();

  /// Whose turn it is comes first.
  private final LinkedHashMap<IpPrefix, Queue<Runnable>> waiting = new LinkedHashMap<>();

  private int taken;
  private int waitingInAll;
  private boolean closed;

  Workers(Limits limits) {
    this.places = limits.workers();
    this.perSource = limits.workersPerSource();
  }

  /// Starts `task` if there is a place for `source`; says whether it did.
  synchronized boolean start(IpAddress source, Runnable task) {
    IpPrefix from = source.binding();
    if (closed || !hasPlace(from)) {
      return false;
    }
    run(from, task);
    return true;
  }

  /// Starts `task` now or when its turn comes; says whether it will.
  synchronized boolean startInTurn(IpAddress source, Runnable task) {
    if (start(source, task)) {
      return true;
    }
    IpPrefix from = source.binding();
    Queue<Runnable> own = waiting.get(from);
    if (closed || waitingInAll >= WAITING || (own != null && own.size() >= WAITING_PER_SOURCE)) {
      return false;
    }
    waiting.computeIfAbsent(from, any -> new ArrayDeque<>()).add(task);
    waitingInAll++;
    return true;
  }

  /// Starts nothing more, and waits a while for what runs; what is still waiting is left.
  void drain(Duration patience) {
    synchronized (this) {
      closed = true;
      waiting.clear();
    }
    threads.shutdown();
    try {
      var _ = threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The same, and waits for as long as it takes.
  @Override
  public void close() {
    drain(Duration.ZERO);
    threads.close();
  }

  private boolean hasPlace(IpPrefix from) {
    return taken < places && busy.getOrDefault(from, 0) < perSource;
  }

  private void run(IpPrefix from, Runnable task) {
    taken++;
    busy.merge(from, 1, Integer::sum);
    threads.execute(() -> {
      try {
        task.run();
      } finally {
        leave(from);
      }
    });
  }

  private synchronized void leave(IpPrefix from) {
    taken--;
    busy.computeIfPresent(from, (source, count) -> count == 1 ? null : count - 1);
    IpPrefix next = next();
    if (next != null) {
      Queue<Runnable> own = Objects.requireNonNull(waiting.remove(next));
      Runnable task = own.remove();
      waitingInAll--;
      if (!own.isEmpty()) {
        waiting.put(next, own);
      }
      run(next, task);
    }
  }

  private @Nullable IpPrefix next() {
    for (IpPrefix source : waiting.keySet()) {
      if (hasPlace(source)) {
        return source;
      }
    }
    return null;
  }
}
