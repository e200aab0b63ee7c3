package io.parano.access;

import io.parano.kernel.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Everything durable that the gate works with, as read at start: the changes that lead to it, and
/// when each live session was last used.
///
/// @param changes one change per live row, in an order in which they can be applied
public record State(List<Change> changes, Map<SessionId, Instant> lastSeen) {
  public State {
    changes = List.copyOf(changes);
    lastSeen = Map.copyOf(lastSeen);
  }
}
