package io.parano.web;

import io.parano.access.Passing.Question;
import io.parano.access.Passing.Sought;
import io.parano.kernel.Tracing;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/// Decides at the end of the loop's turn all that came in it, and then tells all of it. Whoever is
/// decided alone waits for memory alone, and an answer told at once wakes whoever asked, for that
/// one alone; to wake somebody costs as much as to decide. One per event loop, and asked on it.
///
/// Deciding and telling are one task of the loop. So whatever was decided before a cut is answered
/// before the loop comes to what the cut puts there ([InFlight]).
final class AtTurnsEnd implements Gate {
  private final OwnGate gate;
  private final IdentityHeaders headers;
  private final Tracing tracing;
  private final Context loop = Loop.current();
  private List<Sought> sought = new ArrayList<>();
  private List<Asker> askers = new ArrayList<>();

  /// @param headers that those who are let in are told
  AtTurnsEnd(OwnGate gate, IdentityHeaders headers, Tracing tracing) {
    this.gate = gate;
    this.headers = headers;
    this.tracing = tracing;
  }

  @Override
  public void ask(Question question, Asker asker) {
    if (tracing.traceparent() != null) {
      // Somebody looks at it, and at what is a part of it.
      gate.ask(question, asker);
      return;
    }
    if (sought.isEmpty()) {
      loop.runOnContext(nothing -> end());
    }
    sought.add(gate.seek(question));
    askers.add(asker);
  }

  /// Whoever is told may ask at once again, which is decided in another turn.
  private void end() {
    List<Sought> now = sought;
    List<Asker> then = askers;
    sought = new ArrayList<>(now.size());
    askers = new ArrayList<>(now.size());
    gate.askAll(now, then, headers);
  }
}
