package io.parano.web;

import io.parano.kernel.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Looks at every request, and keeps what it was told.
final class Watched implements Tracing {
  /// What it says goes on.
  static final String UNDER_WAY = "00-11111111111111111111111111111111-2222222222222222-01";

  private static final ScopedValue<Boolean> WITHIN = ScopedValue.newInstance();

  final BlockingQueue<Seen> ended = new LinkedBlockingQueue<>();

  /// @param told outcome last
  record Seen(String name, @Nullable String parent, List<String> told) {}

  @Override
  public Span request(String name, @Nullable String traceparent) {
    return new Span() {
      private final List<String> told = new ArrayList<>();

      @Override
      public <T extends @Nullable Object> T within(Supplier<T> work) {
        return ScopedValue.where(WITHIN, true).call(work::get);
      }

      @Override
      public void tell(String key, String value) {
        told.add(key + "=" + value);
      }

      @Override
      public void end(String outcome) {
        told.add(outcome);
        ended.add(new Seen(name, traceparent, List.copyOf(told)));
      }
    };
  }

  @Override
  public @Nullable Span step(String name) {
    return null;
  }

  @Override
  public Runnable carrying(Runnable work) {
    return work;
  }

  @Override
  public @Nullable String traceparent() {
    return WITHIN.isBound() ? UNDER_WAY : null;
  }

  Seen seen() throws InterruptedException {
    Seen seen = ended.poll(5, TimeUnit.SECONDS);
    if (seen == null) {
      throw new AssertionError("nothing was told");
    }
    return seen;
  }
}
