package io.parano.web;

import io.parano.access.Door;
import io.parano.access.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The lever's way to door processes, and to what waits in this one. A door that does not say that
/// it has seen off what it was told before is cut off: it hears nothing more, and what it still
/// holds counts for [AuthorityLink#PATIENCE] at most.
public final class ApartDoors implements Door {
  private static final int PATIENCE_SECONDS = 4;

  private final InFlight here;
  private final Set<DoorLine> lines = ConcurrentHashMap.newKeySet();

  public ApartDoors(InFlight here) {
    this.here = here;
  }

  @Override
  public String name() {
    return here.name();
  }

  @Override
  public int closed(Taken taken) {
    record Asked(DoorLine line, CompletableFuture<Boolean> cleared) {}
    List<Asked> asked = new ArrayList<>();
    lines.forEach(line -> asked.add(new Asked(line, line.clear())));
    int ended = 0;
    Silent waits = null;
    try {
      ended = here.closed(taken);
    } catch (Silent e) {
      waits = e;
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    int silent = 0;
    for (Asked one : asked) {
      if (!cleared(one.cleared(), deadline)) {
        one.line().cutOff();
        // Before its connection has ended the next cut would ask it in vain.
        remove(one.line());
        silent++;
      }
    }
    if (silent > 0) {
      throw new Silent("a door process does not answer; it is cut off");
    }
    if (waits != null) {
      throw waits;
    }
    return ended;
  }

  /// What waits in this process.
  public InFlight here() {
    return here;
  }

  void add(DoorLine line) {
    lines.add(line);
  }

  void remove(DoorLine line) {
    lines.remove(line);
  }

  private static boolean cleared(CompletableFuture<Boolean> answer, long deadline) {
    try {
      return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
