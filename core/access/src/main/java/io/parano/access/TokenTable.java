package io.parano.access;

import io.parano.kernel.Digest;
import io.parano.session.LiveSession;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Sessions by the digest of their bearer: what every request looks up among a hundred thousand.
///
/// Open addressing with linear probing (Knuth, The Art of Computer Programming, volume 3, section
/// 6.4, algorithm L), at most half full. Digests are uniform, so their own bits are the hash, and
/// the session that stands at the first slot is nearly always the one: it is asked itself, with all
/// 256 bits. So a search waits for memory once, and once more for the session, which whoever
/// searches reads anyway; a map of nodes and keys has it wait four times.
///
/// Writers exclude each other; readers take no lock. A slot goes from free to taken and from taken
/// to left, and never back, so that whoever searches while others write passes over what is not
/// theirs and stops only where nothing ever was. When half the slots were used, those still taken
/// move to new slots, which are put in the place of the old ones whole.
final class TokenTable {
  private static final int LEAST = 64;

  /// Stands where a session was.
  private static final Object LEFT = new Object();

  private volatile Slots slots = new Slots(LEAST);
  private int size;

  private static final class Slots {
    /// Null is free; then a [LiveSession], and in the end [#LEFT].
    final AtomicReferenceArray<@Nullable Object> slots;

    /// How many are taken or left.
    int used;

    Slots(int capacity) {
      slots = new AtomicReferenceArray<>(capacity);
    }

    /// For readers. Not by [#slotOf]: a slot that it finds free may hold another's when it is read
    /// again.
    @Nullable LiveSession find(Digest token) {
      int slot = first(token);
      for (Object there = slots.get(slot); there != null; there = slots.get(slot)) {
        if (there instanceof LiveSession session && session.hasToken(token)) {
          return session;
        }
        slot = next(slot);
      }
      return null;
    }

    @Nullable LiveSession likely(Digest token) {
      return slots.get(first(token)) instanceof LiveSession session ? session : null;
    }

    /// For writers: where `token` is, or else the free slot at which the search for it ended.
    int slotOf(Digest token) {
      int slot = first(token);
      for (Object there = slots.get(slot); there != null; there = slots.get(slot)) {
        if (there instanceof LiveSession session && session.hasToken(token)) {
          return slot;
        }
        slot = next(slot);
      }
      return slot;
    }

    /// Says whether there was none of that digest before.
    boolean put(LiveSession session) {
      int slot = slotOf(session.token());
      boolean free = slots.get(slot) == null;
      used += free ? 1 : 0;
      slots.set(slot, session);
      return free;
    }

    /// Says whether there was one.
    boolean remove(Digest token) {
      int slot = slotOf(token);
      boolean taken = slots.get(slot) != null;
      if (taken) {
        slots.set(slot, LEFT);
      }
      return taken;
    }

    private int first(Digest token) {
      return (int) (token.b() & (slots.length() - 1));
    }

    private int next(int slot) {
      return (slot + 1) & (slots.length() - 1);
    }
  }

  @Nullable LiveSession find(Digest token) {
    return slots.find(token);
  }

  /// What stands where a search for it begins; null for nothing.
  @Nullable LiveSession likely(Digest token) {
    return slots.likely(token);
  }

  /// In place of another of the same digest.
  synchronized void put(LiveSession session) {
    Slots now = slots;
    if (2 * (now.used + 1) > now.slots.length()) {
      now = moved(now);
    }
    size += now.put(session) ? 1 : 0;
    // Whoever begins to search after this sees all of it.
    slots = now;
  }

  synchronized void remove(Digest token) {
    size -= slots.remove(token) ? 1 : 0;
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
    for (int i = 0; i < from.slots.length(); i++) {
      if (from.slots.get(i) instanceof LiveSession session) {
        to.put(session);
      }
    }
    return to;
  }
}
