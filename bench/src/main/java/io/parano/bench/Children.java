package io.parano.bench;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The processes that this one started, so that they can be ended with it.
final class Children implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    running.add(process);
    if (ended) {
      end(process);
    }
    var _ = process.onExit().thenAccept(running::remove);
    return process;
  }

  /// Ends it and whatever it started; returns when they are gone.
  void end(Process process) {
    var offspring = process.descendants().toList();
    process.destroy();
    offspring.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    offspring.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    ended = true;
    running.forEach(this::end);
  }
}
