package io.parano.web;

import io.parano.access.Passing;
import io.parano.access.Passing.Answer;
import io.parano.access.Passing.Question;
import io.parano.access.Passing.Sought;
import io.parano.kernel.Tracing;
import io.parano.web.Tally.Kind;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the core decide whether a request may pass: from memory, on the event loop, and a first use
/// on a virtual thread, which waits until it is recorded. One per event loop.
final class OwnGate implements Gate {
  private static final Logger LOG = LoggerFactory.getLogger(OwnGate.class);
  private static final Answer UNAVAILABLE = new Answer.Unavailable();

  private final Passing passing;
  private final Workers workers;
  private final InFlight inFlight;
  private final Tally tally;
  private final Tracing tracing;

  OwnGate(Passing passing, Workers workers, InFlight inFlight, Tally tally, Tracing tracing) {
    this.passing = passing;
    this.workers = workers;
    this.inFlight = inFlight;
    this.tally = tally;
    this.tracing = tracing;
  }

  @Override
  public void ask(Question question, Asker asker) {
    answered(question, passing.pass(question), asker);
  }

  Sought seek(Question question) {
    return passing.seek(question);
  }

  /// As [#ask] of each: all are decided before any is told.
  ///
  /// @param askers of each of `sought`
  /// @param headers that those who are let in are told
  void askAll(List<Sought> sought, List<Asker> askers, IdentityHeaders headers) {
    fetch(sought);
    List<Answer> answers = new ArrayList<>(sought.size());
    for (Sought one : sought) {
      answers.add(orFault(() -> passing.pass(one)));
    }
    headers.fetch(answers);
    for (int i = 0; i < answers.size(); i++) {
      answered(sought.get(i).question(), answers.get(i), askers.get(i));
    }
  }

  /// Nothing depends on it.
  private void fetch(List<Sought> sought) {
    try {
      passing.fetch(sought);
    } catch (RuntimeException e) {
      crashed(e);
    }
  }

  private void answered(Question question, Answer answer, Asker asker) {
    if (answer instanceof Answer.RecordFirst) {
      tally.count(Kind.PASS_RECORD_FIRST);
      askRecorded(question, asker);
    } else {
      tell(asker, answer, tally);
    }
  }

  /// A bug in the writing answers as a fault: a proxy that waits for ever would hold up the lever.
  static void tell(Asker asker, Answer answer, Tally tally) {
    if (!told(asker, answer, tally)) {
      var _ = told(asker, UNAVAILABLE, tally);
    }
  }

  private static boolean told(Asker asker, Answer answer, Tally tally) {
    try {
      asker.told(answer);
      return true;
    } catch (RuntimeException e) {
      tally.count(Kind.BUGS);
      LOG.error("{\"event\":\"pass-crashed\"}", e);
      return false;
    }
  }

  private void askRecorded(Question question, Asker asker) {
    Context loop = Loop.current();
    InFlight.Round round = inFlight.enter();
    boolean started =
        workers.startInTurn(
            question.source(),
            tracing.carrying(() -> {
              Answer answer = orFault(() -> passing.passRecorded(question));
              loop.runOnContext(nothing -> {
                try {
                  tell(asker, answer, tally);
                } finally {
                  round.leave();
                }
              });
            }));
    if (!started) {
      round.leave();
      tally.count(Kind.BUSY);
      tell(asker, UNAVAILABLE, tally);
    }
  }

  private Answer orFault(Supplier<Answer> deciding) {
    try {
      return deciding.get();
    } catch (RuntimeException e) {
      crashed(e);
      return UNAVAILABLE;
    }
  }

  private void crashed(RuntimeException bug) {
    tally.count(Kind.BUGS);
    LOG.error("{\"event\":\"pass-crashed\"}", bug);
  }
}
