package io.parano.authn;

import io.parano.kernel.Digest;
import io.parano.kernel.IpPrefix;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Buckets by key in bounded memory.
///
/// A bucket leaves the table only when it is as good as new. So whoever fills the table resets
/// nothing: keys that find no room share one bucket per wide network, held in a fixed array whose
/// places are drawn with a seed that outsiders do not know.
///
/// Not thread-safe: [GuessLimits] holds its lock.
final class GcraTable<K> {
  private static final int SHARED_PLACES = 4096;
  private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);

  private final Gcra gcra;
  private final int capacity;
  private final byte[] seed;
  private final Map<K, Long> tats = new HashMap<>();
  private final Map<Integer, Long> shared = new HashMap<>();
  private Instant nextSweep = Instant.MIN;

  GcraTable(Gcra gcra, int capacity, byte[] seed) {
    this.gcra = gcra;
    this.capacity = capacity;
    this.seed = seed.clone();
  }

  /// What an attempt would do; nothing changes before [#keep].
  ///
  /// @param wide the network whose shared bucket serves when there is no room for `key`
  Gcra.Verdict attempt(K key, IpPrefix wide, Instant now) {
    return gcra.attempt(tat(key, wide, now), now);
  }

  void keep(K key, IpPrefix wide, long tat, Instant now) {
    if (roomFor(key, now)) {
      tats.put(key, tat);
    } else {
      shared.put(place(wide), tat);
    }
  }

  /// Takes one attempt back.
  void refund(K key, IpPrefix wide) {
    if (tats.computeIfPresent(key, (k, tat) -> gcra.refunded(tat)) == null) {
      shared.computeIfPresent(place(wide), (k, tat) -> gcra.refunded(tat));
    }
  }

  /// Makes the buckets of these keys as good as new. What is shared stays: it is others' too.
  void forget(Predicate<K> keys) {
    tats.keySet().removeIf(keys);
  }

  void forget(K key) {
    tats.remove(key);
  }

  private long tat(K key, IpPrefix wide, Instant now) {
    Long own = tats.get(key);
    if (own != null) {
      return own;
    }
    return roomFor(key, now) ? Gcra.FRESH : shared.getOrDefault(place(wide), Gcra.FRESH);
  }

  /// Sweeping costs the whole table, so that it is done once a second at most.
  private boolean roomFor(K key, Instant now) {
    if (tats.size() < capacity || tats.containsKey(key)) {
      return true;
    }
    if (now.isBefore(nextSweep)) {
      return false;
    }
    nextSweep = now.plus(BETWEEN_SWEEPS);
    tats.values().removeIf(tat -> gcra.fresh(tat, now));
    return tats.size() < capacity;
  }

  private int place(IpPrefix wide) {
    ByteBuffer prefix =
        ByteBuffer.allocate(20)
            .putLong(wide.first().high())
            .putLong(wide.first().low())
            .putInt(wide.bits());
    return Math.floorMod(Digest.of(seed, prefix.array()).a(), SHARED_PLACES);
  }
}
