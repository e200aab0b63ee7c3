package io.parano.radius;

import io.parano.access.Admitting;
import io.parano.access.Door;
import io.parano.access.Swept;
import io.parano.access.Taken;
import io.parano.kernel.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The door's word to the lever: once [#closed] returns, every tunnel whose session is over has
/// been ended by its server. Made before the core, which wants it, and given to [RadiusDoor#open].
///
/// Sessions end in other ways too (time, an act of officers), so that the same is done every two
/// seconds, unless nothing can have ended since but by time: that is looked for every ten.
public final class Hangups implements Door {
  /// The lever waits for 900 ms in all.
  private static final Duration PATIENCE = Duration.ofMillis(700);

  /// How long a server that does not answer is told again by ourselves.
  private static final Duration PERSISTENCE = Duration.ofMinutes(10);

  /// How long after a login its tunnel may still come to stand.
  private static final Duration BEGINNING = Duration.ofMinutes(1);

  private static final Duration TIME_LOOKED_AT = Duration.ofSeconds(10);

  private final Map<Lines.Line, Standing> standing = new ConcurrentHashMap<>();
  private final Swept swept = new Swept();
  private volatile @Nullable Wiring wiring;
  private volatile Looked looked = new Looked(Long.MIN_VALUE, Instant.MIN);

  /// One that is over and that nobody has ended.
  ///
  /// @param since when it was first to be ended
  /// @param tellable whether there is a way to tell its server
  private record Standing(Instant since, boolean tellable) {
    /// Whether its server is told again unasked.
    boolean isPersistent(Instant now) {
      return tellable && now.isBefore(since.plus(PERSISTENCE));
    }

    /// Whether it must have ended by itself.
    boolean isForgotten(Lines.Line line, Instant now) {
      Instant ends = line.endsAt();
      return !now.isBefore(since.plus(PERSISTENCE)) && (ends == null || !now.isBefore(ends));
    }
  }

  private record Wiring(Lines lines, Clients clients, Admitting admitting, Disconnecting sender) {}

  void wire(Lines lines, Clients clients, Admitting admitting, Disconnecting sender) {
    wiring = new Wiring(lines, clients, admitting, sender);
  }

  /// When everything was last looked at, and how many endings there had been before.
  private record Looked(long endings, Instant at) {}

  @Override
  public String name() {
    return "radius";
  }

  @Override
  public int closed(Taken taken) {
    Wiring wired = wiring;
    if (wired == null) {
      return 0;
    }
    Round round = sweep(wired, Instant.now(), taken, true);
    if (!round.silent().isEmpty()) {
      throw new Silent(
          "no word of ended tunnels from " + String.join(", ", new TreeSet<>(round.silent())));
    }
    return round.ended();
  }

  /// @param ended how many tunnels were ended
  /// @param silent the servers that did not say that one has ended
  private record Round(int ended, List<String> silent) {}

  /// Ends what is over, when something may be.
  void look(Instant now) {
    Wiring wired = wiring;
    if (wired != null
        && (wired.admitting().endings() != looked.endings()
            || !now.isBefore(looked.at().plus(TIME_LOOKED_AT))
            || wired.lines().hasStrays()
            || standing.values().stream().anyMatch(one -> one.isPersistent(now)))) {
      var _ = sweep(wired, now, Taken.NOTHING, false);
    }
  }

  /// Ends what is over.
  ///
  /// @param all also what its server was told of long enough; the lever asks for these
  private Round sweep(Wiring wired, Instant now, Taken taken, boolean all) {
    looked = new Looked(wired.admitting().endings(), now);
    List<Lines.Line> over = due(wired, now, all);
    List<Thread> calls = new ArrayList<>();
    Map<Lines.Line, Disconnecting.Ended> ended = new ConcurrentHashMap<>();
    for (Lines.Line line : over) {
      RadiusClient client = wired.clients().named(line.server());
      calls.add(
          Thread.startVirtualThread(() ->
              ended.put(
                  line,
                  client == null
                      ? Disconnecting.Ended.UNTOLD
                      : wired.sender().end(client, line, PATIENCE))));
    }
    calls.forEach(Hangups::join);
    List<String> silent = new ArrayList<>();
    List<Lines.Line> gone = new ArrayList<>();
    for (Lines.Line line : over) {
      switch (ended.getOrDefault(line, Disconnecting.Ended.SILENT)) {
        case ENDED -> gone.add(line);
        case NOT_THERE -> {
          if (line.isTold() || !now.isBefore(stood(line, now, true).since().plus(BEGINNING))) {
            gone.add(line);
          } else {
            silent.add(line.server());
          }
        }
        case UNTOLD -> {
          var _ = stood(line, now, false);
          silent.add(line.server());
        }
        case SILENT -> {
          var _ = stood(line, now, true);
          silent.add(line.server());
        }
      }
    }
    List<SessionId> sessions =
        gone.stream().map(Lines.Line::session).filter(Objects::nonNull).toList();
    int strays = gone.size() - sessions.size();
    int count = swept.count(sessions, taken) + strays;
    gone.forEach(line -> drop(wired, line));
    return new Round(count, silent);
  }

  /// What is to be ended now. What nobody ended stays among it until it must have ended by itself:
  /// no cut is acknowledged before.
  private List<Lines.Line> due(Wiring wired, Instant now, boolean all) {
    List<Lines.Line> over = wired.lines().all().stream().filter(line -> over(wired, line)).toList();
    standing.keySet().retainAll(over);
    List<Lines.Line> due = new ArrayList<>();
    for (Lines.Line line : over) {
      Standing before = standing.get(line);
      if (before != null && before.isForgotten(line, now)) {
        drop(wired, line);
      } else if (before == null || all || before.isPersistent(now)) {
        due.add(line);
      }
    }
    return due;
  }

  private Standing stood(Lines.Line line, Instant now, boolean tellable) {
    return standing.computeIfAbsent(line, one -> new Standing(now, tellable));
  }

  private void drop(Wiring wired, Lines.Line line) {
    wired.lines().drop(line);
    standing.remove(line);
  }

  private static boolean over(Wiring wired, Lines.Line line) {
    SessionId session = line.session();
    return session == null || wired.admitting().over(session) != null;
  }

  private static void join(Thread call) {
    try {
      call.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
