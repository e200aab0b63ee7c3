package io.parano.traces;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is over to the collector, from a thread of its own. Nobody waits for it: a full queue
/// drops, and what could not be sent is not sent again.
final class Exporter implements AutoCloseable {
  /// Some megabytes at the most.
  static final int QUEUE = 4096;

  private static final int BATCH = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration AT_CLOSE = Duration.ofSeconds(1);
  private static final int GOOD = 200;
  private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);

  /// The last in the queue.
  private static final Finished END = new Finished("", "", "", "", false, 0, 0, List.of(), false);

  private final BlockingQueue<Finished> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final URI collector;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Thread thread;
  private boolean troubled;

  Exporter(URI collector) {
    this.collector = collector;
    this.thread = Thread.ofPlatform().name("traces").daemon().start(this::work);
  }

  void take(Finished span) {
    if (!queue.offer(span)) {
      dropped.incrementAndGet();
    }
  }

  long sent() {
    return sent.get();
  }

  long dropped() {
    return dropped.get();
  }

  private void work() {
    try {
      boolean open = true;
      while (open) {
        List<Finished> batch = new ArrayList<>(BATCH);
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        open = !batch.removeIf(END::equals);
        if (!batch.isEmpty() && !send(batch) && open) {
          TimeUnit.NANOSECONDS.sleep(AFTER_FAILURE.toNanos());
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
    dropped.addAndGet(queue.size());
  }

  private boolean send(List<Finished> batch) throws InterruptedException {
    String why = "was not waited for";
    try {
      why = failure(batch);
    } finally {
      (why == null ? sent : dropped).addAndGet(batch.size());
    }
    if (why == null) {
      troubled = false;
    } else if (!troubled) {
      LOG.warn("traces are dropped: {} {}", collector, why);
      troubled = true;
    }
    return why == null;
  }

  private @Nullable String failure(List<Finished> batch) throws InterruptedException {
    try {
      int status =
          client
              .send(
                  HttpRequest.newBuilder(collector)
                      .timeout(PATIENCE)
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(Otlp.json(batch)))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
      return status == GOOD ? null : "answered " + status;
    } catch (IOException e) {
      return "does not answer: " + e;
    }
  }

  /// What is still here is sent, as far as that takes a second.
  @Override
  public void close() {
    try {
      if (!queue.offer(END) || !thread.join(AT_CLOSE)) {
        thread.interrupt();
        thread.join(AT_CLOSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
  }
}
