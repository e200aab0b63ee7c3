package io.parano.traces;

import io.parano.kernel.Tracing;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Traces that are looked at: a share of the requests, and those of which a believed proxy says so.
/// Ids are no secrets, and are drawn without ceremony.
public final class Traces implements Tracing, AutoCloseable {
  private static final ScopedValue<Running> CURRENT = ScopedValue.newInstance();
  private static final int PERCENT = 100;

  private final Exporter exporter;
  private final int share;
  private final InstantSource clock;

  private Traces(Exporter exporter, int share, InstantSource clock) {
    this.exporter = exporter;
    this.share = share;
    this.clock = clock;
  }

  /// @param collector where OTLP over HTTP is taken, such as `http://127.0.0.1:4318/v1/traces`
  /// @param share how many of a hundred requests are looked at
  public static Traces to(URI collector, int share, InstantSource clock) {
    return new Traces(new Exporter(collector), share, clock);
  }

  @Override
  public @Nullable Span request(String name, @Nullable String traceparent) {
    TraceParent parent = TraceParent.read(traceparent);
    boolean looked =
        parent == null ? ThreadLocalRandom.current().nextInt(PERCENT) < share : parent.sampled();
    if (!looked) {
      return null;
    }
    return parent == null
        ? new Running(name, hex() + hex(), "", true)
        : new Running(name, parent.trace(), parent.span(), true);
  }

  @Override
  public @Nullable Span step(String name) {
    if (!CURRENT.isBound()) {
      return null;
    }
    Running whole = CURRENT.get();
    return new Running(name, whole.trace, whole.id, false);
  }

  @Override
  public Runnable carrying(Runnable work) {
    if (!CURRENT.isBound()) {
      return work;
    }
    Running whole = CURRENT.get();
    return () -> ScopedValue.where(CURRENT, whole).run(work);
  }

  @Override
  public @Nullable String traceparent() {
    if (!CURRENT.isBound()) {
      return null;
    }
    Running whole = CURRENT.get();
    return new TraceParent(whole.trace, whole.id, true).header();
  }

  /// How many spans were sent, and how many were not, in the format of `/metrics`.
  public String gauges() {
    return "parano_trace_spans_sent_total %d\nparano_trace_spans_dropped_total %d\n"
        .formatted(exporter.sent(), exporter.dropped());
  }

  @Override
  public void close() {
    exporter.close();
  }

  /// Never zero (W3C Trace Context section 3.2.2.3).
  private static String hex() {
    return "%016x".formatted(ThreadLocalRandom.current().nextLong() | 1);
  }

  private final class Running implements Span {
    private final String name;
    private final String trace;
    private final String parent;
    private final String id = hex();
    private final boolean request;
    private final long start = nanos(clock.instant());
    private final long began = System.nanoTime();
    private final List<Finished.Told> told = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();

    Running(String name, String trace, String parent, boolean request) {
      this.name = name;
      this.trace = trace;
      this.parent = parent;
      this.request = request;
    }

    @Override
    public <T extends @Nullable Object> T within(Supplier<T> work) {
      return ScopedValue.where(CURRENT, this).call(work::get);
    }

    @Override
    public synchronized void tell(String key, String value) {
      told.add(new Finished.Told(key, value));
    }

    @Override
    public void end(String outcome) {
      if (over.compareAndSet(false, true)) {
        tell("parano.outcome", outcome);
        synchronized (this) {
          exporter.take(
              new Finished(
                  trace,
                  id,
                  parent,
                  name,
                  request,
                  start,
                  start + (System.nanoTime() - began),
                  List.copyOf(told),
                  outcome.equals(FAILED)));
        }
      }
    }
  }

  private static long nanos(Instant at) {
    return Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L) + at.getNano();
  }
}
