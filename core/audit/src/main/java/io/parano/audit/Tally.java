package io.parano.audit;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts what outsiders can cause in any number, so that a flood fills a counter and not the log:
/// of each kind (event type, reason, door, source network) the first five a minute are listed, of
/// all kinds together the first 300, and the rest are counted until the next [#drain]. Refused
/// touches share one allowance whatever the reason (see [#alike]).
///
/// The source network is a /24 or /48, what one customer of a provider usually holds. There are at
/// most 4,096 kinds at a time; beyond that, one more per event type takes what comes.
///
/// Safe for many threads: every answer is a few operations under one lock.
public final class Tally {
  private static final int MOST_KINDS = 4_096;
  private static final int LISTED_PER_MINUTE = 5;

  /// Of all kinds together: about 200 MB of log a day at most, from however many networks.
  private static final int LISTED_TOGETHER_PER_MINUTE = 300;

  private static final int V4_BITS = 96 + 24;
  private static final int V6_BITS = 48;
  private static final TallyOutcome LIST_IT = new TallyOutcome.ListIt();
  private static final TallyOutcome COUNTED = new TallyOutcome.Counted();

  private final Map<Kind, Count> counts = new LinkedHashMap<>();
  private final Allowance together = new Allowance(LISTED_TOGETHER_PER_MINUTE);

  public Tally() {}

  /// One more of this kind at `now`.
  public synchronized TallyOutcome seen(
      Instant now, EventType type, @Nullable Reason reason, String door, IpAddress source) {
    IpPrefix network = IpPrefix.of(source, source.isV4() ? V4_BITS : V6_BITS);
    Kind kind = new Kind(type, reason, door, network);
    Count count = counts.get(kind);
    if (count == null) {
      Kind kept = counts.size() < MOST_KINDS ? kind : new Kind(type, null, "", null);
      count = counts.computeIfAbsent(kept, _ -> new Count(kept.network != null));
    }
    Allowance listed = alike(type) && count.own ? alike(kind).listed : count.listed;
    if (listed.take(now) && together.take(now)) {
      return LIST_IT;
    }
    count.more(now);
    return COUNTED;
  }

  /// What outsiders must not tell apart: listing takes a write to the disk, counting none, and a
  /// reason that is listed while another is only counted would tell by its time whether a name is
  /// somebody's.
  private static boolean alike(EventType type) {
    return type == EventType.SIGN_IN_TOUCH;
  }

  /// The one allowance of such kinds from one place, whatever the reason.
  private Count alike(Kind kind) {
    return counts.computeIfAbsent(
        new Kind(kind.type, null, kind.door, kind.network), _ -> new Count(true));
  }

  /// One event per kind of which some were counted since the last call; the counts start again.
  public synchronized List<Event> drain(Instant now) {
    List<Event> events = new ArrayList<>();
    for (Iterator<Map.Entry<Kind, Count>> each = counts.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Kind, Count> entry = each.next();
      if (entry.getValue().times > 0) {
        events.add(entry.getKey().counted(now, entry.getValue()));
      }
      if (entry.getValue().listed.isPast(now)) {
        each.remove();
      } else {
        entry.getValue().times = 0;
      }
    }
    return events;
  }

  /// `network` null: the kind that takes what no longer has a place of its own.
  private record Kind(
      EventType type, @Nullable Reason reason, String door, @Nullable IpPrefix network) {
    Event counted(Instant now, Count count) {
      Event event =
          Event.at(now, EventType.COUNTED, Outcome.REFUSED)
              .with("what", type.code())
              .with("times", Long.toString(count.times))
              .with("first", count.first.toString())
              .with("last", count.last.toString());
      if (network == null) {
        return event.with("kinds", "many");
      }
      Event known = event.through(door).withPersonal("source", network.toString());
      return reason == null ? known : known.because(reason);
    }
  }

  private static final class Count {
    private final Allowance listed = new Allowance(LISTED_PER_MINUTE);
    private final boolean own;
    private long times;
    private Instant first = Instant.EPOCH;
    private Instant last = Instant.EPOCH;

    /// @param own whether its kind has a place of its own
    Count(boolean own) {
      this.own = own;
    }

    void more(Instant now) {
      first = times == 0 ? now : first;
      last = now;
      times++;
    }
  }

  /// So many per minute of the clock.
  private static final class Allowance {
    private final int most;
    private long minute = Long.MIN_VALUE;
    private int taken;

    Allowance(int most) {
      this.most = most;
    }

    // Whether there was one left.
    boolean take(Instant now) {
      if (isPast(now)) {
        minute = minuteOf(now);
        taken = 0;
      }
      if (taken == most) {
        return false;
      }
      taken++;
      return true;
    }

    boolean isPast(Instant now) {
      return minuteOf(now) > minute;
    }

    private static long minuteOf(Instant at) {
      return Math.floorDiv(at.getEpochSecond(), 60);
    }
  }
}
