package io.parano.access;

import io.parano.audit.Event;
import io.parano.audit.Receipt;
import io.parano.kernel.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The one way to write: events and the changes they tell of, durable together or not at all.
public interface Ledger {
  /// Appends `event` and applies `changes` in one transaction that is on the disk before this
  /// returns. Throws [Unavailable] when it can't be, and then nothing has changed. Callable from
  /// many threads at once; calls are grouped.
  Receipt commit(Event event, List<Change> changes);

  /// For acts that only take away (cut, freeze, end): never refused for want of space. When
  /// [#commit] would fail, event and changes are made durable in a reserve that was set aside for
  /// them, and join the log when it can be written again, and at the next start at the latest,
  /// before anything is granted.
  void withdraw(Event event, List<Change> changes);

  /// Remembers when sessions were last used, so that a restart knows which are idle. No grant can
  /// follow from it.
  void seen(Map<SessionId, Instant> lastSeen);

  /// The log can't be written: whatever needed it does not take place.
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
