package io.parano.probe;

import java.io.IOException;

/// One promise, tried.
///
/// @param promise `P1`, `P2`…
/// @param id stable, kebab-case
/// @param attack what must be refused
/// @param twin what must be granted, and differs in the attacked condition alone
record Probe(String promise, String id, Attempt attack, Attempt twin) {
  @FunctionalInterface
  interface Attempt {
    /// Whether it was granted. Throws [IOException] when nobody can say.
    boolean make() throws IOException;
  }

  /// The twin comes first: where nothing is granted, a refusal proves nothing.
  Outcome run() {
    try {
      if (!twin.make()) {
        return new Outcome.NotRun(Outcome.Why.TWIN_REFUSED, "");
      }
      long start = System.nanoTime();
      return attack.make()
          ? new Outcome.Broken()
          : new Outcome.Held((System.nanoTime() - start) / 1_000_000);
    } catch (IOException | IllegalStateException e) {
      return trouble(e);
    }
  }

  static Outcome trouble(Exception e) {
    return new Outcome.NotRun(
        Outcome.Why.TROUBLE, e.getMessage() == null ? e.toString() : e.getMessage());
  }
}
