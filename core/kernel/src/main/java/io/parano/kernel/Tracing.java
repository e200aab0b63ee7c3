package io.parano.kernel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells whoever looks what a request did and how long each part of it took; never for whom, nor
/// with what. What is told are words of the program: names of use cases, reasons, outcomes.
public interface Tracing {
  /// Nobody looks.
  Tracing OFF =
      new Tracing() {
        @Override
        public @Nullable Span request(String name, @Nullable String traceparent) {
          return null;
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
          return null;
        }
      };

  /// How a span ends whose work threw.
  String FAILED = "failed";

  /// A stretch of time that has begun.
  interface Span {
    /// Does `work` as part of it: steps that begin meanwhile on this thread belong to it.
    <T extends @Nullable Object> T within(Supplier<T> work);

    void tell(String key, String value);

    /// Once; a second time changes nothing.
    void end(String outcome);
  }

  /// Begins what somebody asked at a door; null when nobody looks at this one.
  ///
  /// @param traceparent the word of a proxy that is believed (W3C Trace Context section 3.2); null
  ///   for none
  @Nullable Span request(String name, @Nullable String traceparent);

  /// Begins a part of what this thread is doing; null when nobody looks at it.
  @Nullable Span step(String name);

  /// The same work, as part of what this thread is doing now, on whatever thread.
  Runnable carrying(Runnable work);

  /// What this thread is doing, for whoever does a part of it in another process (W3C Trace Context
  /// section 3.2); null when nobody looks at it.
  @Nullable String traceparent();
}
