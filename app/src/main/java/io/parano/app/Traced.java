package io.parano.app;

import io.parano.kernel.Reason;
import io.parano.kernel.Tracing;
import io.parano.kernel.Tracing.Span;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A use case or a port that tells of each of its calls: which method, which outcome, and its
/// reason where it has one. Never an argument, and nothing else of what comes back. By reflection,
/// since there are some forty methods and none means anything to a trace but its name; only where
/// somebody looks at all.
final class Traced implements InvocationHandler {
  private final Object real;
  private final Function<String, @Nullable Span> begin;

  private Traced(Object real, Function<String, @Nullable Span> begin) {
    this.real = real;
    this.begin = begin;
  }

  /// As part of a request.
  static <T> T step(Class<T> kind, T real, Tracing tracing) {
    return of(kind, real, tracing, name -> tracing.step(kind.getSimpleName() + "." + name));
  }

  /// As what was asked at a door that has no other way to tell.
  static <T> T request(Class<T> kind, T real, Tracing tracing, String door) {
    return of(kind, real, tracing, name -> tracing.request(door + " " + name, null));
  }

  private static <T> T of(
      Class<T> kind, T real, Tracing tracing, Function<String, @Nullable Span> begin) {
    return tracing.equals(Tracing.OFF)
        ? real
        : kind.cast(
            Proxy.newProxyInstance(
                kind.getClassLoader(), new Class<?>[] {kind}, new Traced(real, begin)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    Span span = method.getDeclaringClass() == Object.class ? null : begin.apply(method.getName());
    if (span == null) {
      return call(method, arguments);
    }
    return span.within(() -> told(span, method, arguments));
  }

  private @Nullable Object told(Span span, Method method, Object @Nullable [] arguments) {
    String outcome = Tracing.FAILED;
    try {
      Object value = call(method, arguments);
      reason(value, span);
      outcome = outcome(value);
      return value;
    } finally {
      span.end(outcome);
    }
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /// An outcome is called as its type is.
  private static String outcome(@Nullable Object value) {
    return value instanceof Record
        ? value
            .getClass()
            .getSimpleName()
            .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
            .toLowerCase(Locale.ROOT)
        : "done";
  }

  private static void reason(@Nullable Object value, Span span) {
    if (!(value instanceof Record)) {
      return;
    }
    for (RecordComponent part : value.getClass().getRecordComponents()) {
      if (part.getType() == Reason.class) {
        try {
          if (part.getAccessor().invoke(value) instanceof Reason reason) {
            span.tell("parano.reason", reason.code());
          }
        } catch (ReflectiveOperationException e) {
          span.tell("parano.reason", "unknown");
        }
      }
    }
  }
}
