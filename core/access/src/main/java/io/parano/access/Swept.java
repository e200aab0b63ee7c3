package io.parano.access;

import io.parano.kernel.SessionId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a door has ended by itself, the newest, until a cut is told that took it: a door looks by
/// itself as well, and may be there before the lever is. To be asked before what ends is forgotten:
/// the lever may come in between.
public final class Swept {
  private static final int MOST = 1_024;

  private final LinkedHashMap<SessionId, Integer> before = new LinkedHashMap<>();

  public Swept() {}

  /// How many were ended: those that are `over` now, each session as often as there is something of
  /// it, and those that were before and are `taken`.
  public synchronized int count(Collection<SessionId> over, Taken taken) {
    Map<SessionId, Integer> counted = new HashMap<>();
    over.forEach(session -> counted.merge(session, 1, Integer::sum));
    if (taken.ended().isEmpty()) {
      counted.forEach((session, found) -> before.merge(session, found, Math::max));
      while (before.size() > MOST) {
        var _ = before.pollFirstEntry();
      }
    }
    for (Taken.Ended ended : taken.ended()) {
      Integer found = before.remove(ended.session());
      if (found != null) {
        counted.merge(ended.session(), found, Math::max);
      }
    }
    return counted.values().stream().mapToInt(Integer::intValue).sum();
  }
}
