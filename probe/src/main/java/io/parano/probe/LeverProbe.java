package io.parano.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The lever, pulled once on an account that is there to be cut, while it is in by every door: each
/// door must end what it opened, and open no more. The twin is another account of the probes', in
/// by the same doors, which goes on.
final class LeverProbe {
  /// The lever is pulled before its answer comes: what is open so long after that was open for
  /// longer than the second that is promised.
  private static final Duration AFTER_THE_ANSWER = Duration.ofSeconds(1);

  private static final Duration GLANCE = Duration.ofMillis(50);

  private final ProbeSetup setup;
  private final ProbeAccount cut;
  private final ProbeAccount beside;
  private final Map<String, LeverDoor> doors;

  /// @param cut whom the lever is pulled on
  /// @param beside whom it is not
  /// @param doors by the ids of the outcomes
  LeverProbe(
      ProbeSetup setup, ProbeAccount cut, ProbeAccount beside, Map<String, LeverDoor> doors) {
    this.setup = setup;
    this.cut = cut;
    this.beside = beside;
    this.doors = new LinkedHashMap<>(doors);
  }

  /// Both accounts in by one door.
  private record Both(String id, LeverDoor.Stay cut, LeverDoor.Stay beside) {
    boolean last() throws IOException {
      return cut.lasts() && beside.lasts();
    }

    void leave() {
      for (LeverDoor.Stay stay : List.of(cut, beside)) {
        try {
          stay.leave();
        } catch (IOException e) {
          // Then it ends by itself.
        }
      }
    }
  }

  /// What became of each door. Where somebody is not in, the lever is not pulled for that door, and
  /// not at all where nobody is in anywhere.
  Map<String, Outcome> run() {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    List<Both> open = new ArrayList<>();
    try {
      doors.forEach((id, door) -> {
        try {
          Both both = entered(id, door);
          if (both == null) {
            outcomes.put(id, new Outcome.NotRun(Outcome.Why.TWIN_REFUSED, ""));
          } else {
            open.add(both);
          }
        } catch (IOException | IllegalStateException e) {
          outcomes.put(id, Probe.trouble(e));
        }
      });
      if (!open.isEmpty()) {
        pull(open, outcomes);
      }
    } finally {
      open.forEach(Both::leave);
    }
    return outcomes;
  }

  private @Nullable Both entered(String id, LeverDoor door) throws IOException {
    LeverDoor.Stay own = door.enter(cut);
    LeverDoor.Stay other = own == null ? null : door.enter(beside);
    if (own == null || other == null) {
      if (own != null) {
        own.leave();
      }
      return null;
    }
    Both both = new Both(id, own, other);
    if (both.last()) {
      return both;
    }
    both.leave();
    return null;
  }

  /// All doors are watched at once, from before the lever is pulled.
  private void pull(List<Both> open, Map<String, Outcome> outcomes) {
    AtomicLong deadline = new AtomicLong(Long.MAX_VALUE);
    long start = System.nanoTime();
    Map<String, Future<Outcome>> watched = new LinkedHashMap<>();
    try (ExecutorService watching = Executors.newVirtualThreadPerTaskExecutor()) {
      open.forEach(
          both -> watched.put(both.id(), watching.submit(() -> watched(both, start, deadline))));
      try {
        cut.cutItself(setup.listed());
        deadline.set(System.nanoTime() + AFTER_THE_ANSWER.toNanos());
        watched.forEach((id, future) -> outcomes.put(id, told(future)));
      } catch (IOException e) {
        deadline.set(start);
        open.forEach(both -> outcomes.put(both.id(), Probe.trouble(e)));
      }
    }
  }

  private static Outcome told(Future<Outcome> watched) {
    try {
      return watched.get();
    } catch (ExecutionException e) {
      return Probe.trouble(e.getCause() instanceof IOException trouble ? trouble : e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Probe.trouble(e);
    }
  }

  /// @param deadline on the clock of `start`; far away until the answer is there
  private static Outcome watched(Both both, long start, AtomicLong deadline) throws IOException {
    while (!both.cut().endsWithin(GLANCE)) {
      if (System.nanoTime() >= deadline.get()) {
        return new Outcome.Broken();
      }
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    if (both.cut().opensAgain()) {
      return new Outcome.Broken();
    }
    return both.beside().lasts()
        ? new Outcome.Held(millis)
        : new Outcome.NotRun(Outcome.Why.TWIN_REFUSED, "");
  }
}
