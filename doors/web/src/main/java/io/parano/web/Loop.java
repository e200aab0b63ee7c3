package io.parano.web;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/// The event loop that we run on.
final class Loop {
  private Loop() {}

  static Context current() {
    Context context = Vertx.currentContext();
    if (context == null) {
      throw new IllegalStateException("requests come in on an event loop");
    }
    return context;
  }
}
