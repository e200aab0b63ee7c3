package io.parano.app;

import io.parano.audit.Verdict;
import io.parano.store.AuditReader;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A start looks at the log's tail only; the rest is read while the doors are open. Once; and again
/// where it could not be read to its end.
final class WholeLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WholeLog.class);

  private final AuditReader reader;
  private final Consumer<String> broken;
  private final AtomicBoolean toRead = new AtomicBoolean(true);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread first = Thread.ofVirtual().name("whole-log").unstarted(this::readOnce);

  /// @param broken told what does not hold
  WholeLog(AuditReader reader, Consumer<String> broken) {
    this.reader = reader;
    this.broken = broken;
  }

  void begin() {
    first.start();
  }

  /// Reads it where that is still to be done.
  void readOnce() {
    if (!toRead.compareAndSet(true, false)) {
      return;
    }
    try {
      switch (reader.verifyAll(entries -> goOn())) {
        case Verdict.Holds(var summary) ->
            LOG.info("the whole log holds: {} entries", summary.entries());
        case Verdict.Broken found -> broken.accept(found.toString());
      }
    } catch (CancellationException e) {
      LOG.debug("the whole log was not read to its end");
    } catch (RuntimeException e) {
      toRead.set(true);
      LOG.error("the whole log could not be read; it is tried again", e);
    }
  }

  private void goOn() {
    if (closed.get()) {
      throw new CancellationException("the server ends");
    }
  }

  /// Gives up, and waits until nothing reads any more: a reader that stays would keep SQLite from
  /// folding its two files into one.
  @Override
  public void close() {
    closed.set(true);
    try {
      first.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
