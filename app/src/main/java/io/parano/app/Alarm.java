package io.parano.app;

import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.Outcome;
import io.parano.web.Readiness;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server says of itself: ready, in doubt, or, once somebody was seen to have written to
/// what it keeps, never ready again.
final class Alarm {
  private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);

  private final WitnessWatch watch;
  private final InstantSource clock;
  private final AtomicReference<String> raised = new AtomicReference<>("");

  Alarm(WitnessWatch watch, InstantSource clock) {
    this.watch = watch;
    this.clock = clock;
  }

  /// @param where what was tampered with, as in "the log"
  /// @param what was found
  /// @return the entry that tells of it; empty when the alarm was raised before
  Optional<Event> raise(String where, String what) {
    String why = where + " was tampered with: " + what;
    if (!raised.compareAndSet("", why)) {
      return Optional.empty();
    }
    LOG.error("{}; the doors close", why);
    return Optional.of(
        Event.at(clock.instant(), EventType.TAMPERING_NOTICED, Outcome.FAILED)
            .with("where", where)
            .with("findings", what));
  }

  Readiness readiness() {
    String why = raised.get();
    if (!why.isEmpty()) {
      return new Readiness.NotReady(why);
    }
    String overdue = watch.overdue(clock.instant());
    return overdue.isEmpty()
        ? new Readiness.Ready()
        : new Readiness.Doubtful("not witnessed: " + overdue);
  }
}
