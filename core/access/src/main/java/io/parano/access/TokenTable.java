package io.parano.access;

import io.parano.kernel.Digest;
import io.parano.session.LiveSession;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Sessions by the digest of their bearer: what every request looks up among a hundred thousand.
///
/// Open addressing with linear probing (Knuth, The Art of Computer Programming, volume 3, section
/// 6.4, algorithm L), at most half full. Digests are uniform, so their own bits are the hash.
/// Beside each session stand the first 64 bits of its digest, by which others are passed over
/// unseen; the session itself then compares all 256. So a search waits for memory twice where a map
/// of nodes and keys waits four times.
///
/// Writers exclude each other; readers take no lock. A slot goes from free to taken and from taken
/// to left, and never back, so that whoever searches while others write passes over what is not
/// theirs and stops only where nothing ever was. When half the slots were used, those still taken
/// move to new slots, which are put in the place of the old ones whole.
final class TokenTable {
  private static final int LEAST = 64;
  private static final long FREE = 0;

  private volatile Slots slots = new Slots(LEAST);
  private int size;

  private static final class Slots {
    final long[] marks;
    final AtomicReferenceArray<@Nullable LiveSession> sessions;

    /// How many are taken or left.
    int used;

    Slots(int capacity) {
      marks = new long[capacity];
      sessions = new AtomicReferenceArray<>(capacity);
    }

    /// The slot of `token`, which never holds another's; where there is none, -1 less the free slot
    /// at which the search ended.
    int find(Digest token) {
      long mark = mark(token);
      int slot = (int) (token.b() & (marks.length - 1));
      while (marks[slot] != FREE) {
        if (marks[slot] == mark) {
          LiveSession there = sessions.get(slot);
          if (there != null && there.hasToken(token)) {
            return slot;
          }
        }
        slot = (slot + 1) & (marks.length - 1);
      }
      return -1 - slot;
    }

    /// Says whether there was none of that digest before.
    boolean put(LiveSession session) {
      Digest token = session.token();
      int found = find(token);
      if (found >= 0) {
        sessions.set(found, session);
        return false;
      }
      int free = -1 - found;
      used++;
      marks[free] = mark(token);
      sessions.set(free, session);
      return true;
    }
  }

  private static long mark(Digest token) {
    return token.a() == FREE ? 1 : token.a();
  }

  @Nullable LiveSession find(Digest token) {
    Slots now = slots;
    int slot = now.find(token);
    return slot < 0 ? null : now.sessions.get(slot);
  }

  /// In place of another of the same digest.
  synchronized void put(LiveSession session) {
    Slots now = slots;
    if (2 * (now.used + 1) > now.marks.length) {
      now = moved(now);
    }
    size += now.put(session) ? 1 : 0;
    // Whoever begins to search after this sees all of it.
    slots = now;
  }

  synchronized void remove(Digest token) {
    Slots now = slots;
    int slot = now.find(token);
    if (slot >= 0) {
      now.sessions.set(slot, null);
      size--;
    }
  }

  synchronized int size() {
    return size;
  }

  /// Room for twice as many as there are.
  private Slots moved(Slots from) {
    int capacity = LEAST;
    while (capacity < 4 * (size + 1)) {
      capacity *= 2;
    }
    Slots to = new Slots(capacity);
    for (int i = 0; i < from.marks.length; i++) {
      LiveSession session = from.sessions.get(i);
      if (session != null) {
        to.put(session);
      }
    }
    return to;
  }
}
