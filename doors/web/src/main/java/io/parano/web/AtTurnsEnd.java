package io.parano.web;

import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/// Tells what was decided at the end of the loop's turn: first all that has come is decided, then
/// all of it is answered. An answer told at once wakes whoever asked, for that one alone, and to
/// wake somebody costs as much as to decide. One per event loop, and asked on it.
///
/// The end of the turn is put into the loop's queue before anything is decided. So whatever was
/// decided before a cut is answered before the loop comes to what the cut puts there ([InFlight]).
final class AtTurnsEnd implements Gate {
  private final Gate gate;
  private final Tally tally;
  private final Context loop = Loop.current();
  private List<Decided> decided = new ArrayList<>();
  private boolean ending;
  private boolean asking;

  private record Decided(Asker asker, Answer answer) {}

  AtTurnsEnd(Gate gate, Tally tally) {
    this.gate = gate;
    this.tally = tally;
  }

  @Override
  public void ask(Question question, Asker asker) {
    if (!ending) {
      ending = true;
      loop.runOnContext(nothing -> end());
    }
    asking = true;
    try {
      gate.ask(question, answer -> take(asker, answer));
    } finally {
      asking = false;
    }
  }

  /// What comes later, once it is recorded, has had its wait.
  private void take(Asker asker, Answer answer) {
    if (asking) {
      decided.add(new Decided(asker, answer));
    } else {
      asker.told(answer);
    }
  }

  /// Whoever is told may ask at once again, which is decided in another turn.
  private void end() {
    List<Decided> now = decided;
    decided = new ArrayList<>(now.size());
    ending = false;
    for (Decided one : now) {
      OwnGate.tell(one.asker, one.answer, tally);
    }
  }
}
