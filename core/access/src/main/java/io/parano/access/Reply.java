package io.parano.access;

import io.parano.kernel.Reason;

/// The answer to an operator: refused, or the thing itself.
public sealed interface Reply<T> {
  record Refused<T>(Reason reason) implements Reply<T> {}

  record Done<T>(T value) implements Reply<T> {}
}
