package io.parano.vpn;

import io.parano.access.Taken;
import io.parano.kernel.SessionId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// What a door has ended by itself, the newest, until a cut is told that took it: a door looks by
/// itself as well, and may be there before the lever is.
final class Swept {
  private static final int MOST = 1_024;

  private final LinkedHashSet<SessionId> sessions = new LinkedHashSet<>();

  /// How many were ended: those that are `over` now, and those that were before and are `taken`.
  synchronized int count(Collection<SessionId> over, Taken taken) {
    Set<SessionId> counted = new HashSet<>(over);
    for (Taken.Ended ended : taken.ended()) {
      if (sessions.remove(ended.session())) {
        counted.add(ended.session());
      }
    }
    if (taken.ended().isEmpty()) {
      sessions.addAll(over);
      while (sessions.size() > MOST) {
        sessions.removeFirst();
      }
    }
    return counted.size();
  }
}
