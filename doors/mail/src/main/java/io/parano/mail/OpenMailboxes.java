package io.parano.mail;

import io.parano.access.MailAdmitting.Opened;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What was opened and may be open still, with the time of its last login. Nobody tells us when a
/// program leaves, so that an entry goes when its ground does: there are no more of them than
/// people present have devices.
final class OpenMailboxes {
  private final Map<Opened, Instant> since = new ConcurrentHashMap<>();

  void opened(Opened opened, Instant now) {
    since.put(opened, now);
  }

  void closed(Opened opened) {
    since.remove(opened);
  }

  /// Drops it, unless somebody has logged in again since `seen`.
  void closed(Opened opened, Instant seen) {
    since.remove(opened, seen);
  }

  List<Map.Entry<Opened, Instant>> all() {
    return since.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  int size() {
    return since.size();
  }
}
