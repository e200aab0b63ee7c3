package io.parano.radius;

import io.parano.kernel.Bytes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Requests that were sent again because their answer did not come (RFC 5080 section 2.2.2): the
/// answer is sent again, byte for byte, and nothing is decided twice. Only requests that were
/// checked come here. In bounded memory: the oldest go first.
final class Duplicates {
  /// A client gives up after thirty seconds (RFC 5080 section 2.2.1).
  static final Duration KEPT = Duration.ofSeconds(30);

  static final int MOST = 65_536;
  static final int MOST_OCTETS = 16 << 20;

  /// @param port to which of ours it came
  record Key(InetSocketAddress from, Port port, int identifier) {}

  /// What is known of a request, from the most refusing to the most allowing.
  sealed interface Seen {
    record UnderWay() implements Seen {}

    record Answered(Bytes answer) implements Seen {}

    record Fresh() implements Seen {}
  }

  private record Entry(Bytes authenticator, @Nullable Bytes answer, Instant at) {
    int octets() {
      return answer == null ? 0 : answer.length();
    }
  }

  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>();
  private int octets;

  /// Says whether the request is new, and then remembers it.
  synchronized Seen begin(Key key, Bytes authenticator, Instant now) {
    dropOld(now);
    Entry known = entries.get(key);
    if (known != null && known.authenticator().equals(authenticator)) {
      return known.answer() == null ? new Seen.UnderWay() : new Seen.Answered(known.answer());
    }
    forget(key);
    entries.put(key, new Entry(authenticator, null, now));
    return new Seen.Fresh();
  }

  /// Keeps the answer; one that took so long that another request has the key is not kept.
  synchronized void finish(Key key, Bytes authenticator, Bytes answer) {
    Entry known = entries.get(key);
    if (known != null && known.authenticator().equals(authenticator)) {
      entries.put(key, new Entry(authenticator, answer, known.at()));
      octets += answer.length();
    }
  }

  /// There is no answer: the same request may come again.
  synchronized void drop(Key key, Bytes authenticator) {
    Entry known = entries.get(key);
    if (known != null && known.authenticator().equals(authenticator)) {
      forget(key);
    }
  }

  synchronized int size() {
    return entries.size();
  }

  private void forget(Key key) {
    Entry gone = entries.remove(key);
    if (gone != null) {
      octets -= gone.octets();
    }
  }

  private void dropOld(Instant now) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      boolean old = !now.isBefore(entry.at().plus(KEPT));
      if (!old && entries.size() < MOST && octets < MOST_OCTETS) {
        return;
      }
      octets -= entry.octets();
      oldest.remove();
    }
  }
}
