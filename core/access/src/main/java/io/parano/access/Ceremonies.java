package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Randomness;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The ceremonies under way, in bounded memory: each source may have [#PER_SOURCE] of them and all
/// together [#IN_ALL], so that a flood of beginnings from one place displaces only itself.
final class Ceremonies {
  static final int PER_SOURCE = 64;
  static final int IN_ALL = 50_000;

  private final Randomness randomness;
  private final LinkedHashMap<String, Ceremony> underWay = new LinkedHashMap<>();
  private final Map<IpPrefix, Integer> perSource = new HashMap<>();

  Ceremonies(Randomness randomness) {
    this.randomness = randomness;
  }

  /// Keeps the ceremony under a fresh id of 128 random bits; empty when its source, or everybody
  /// together, has too many.
  synchronized Optional<String> begin(Ceremony ceremony, Instant now) {
    dropExpired(now);
    if (underWay.size() >= IN_ALL || perSource.getOrDefault(ceremony.source(), 0) >= PER_SOURCE) {
      return Optional.empty();
    }
    String id = Bytes.of(randomness.bytes(16)).base64Url();
    keep(id, ceremony);
    return Optional.of(id);
  }

  /// Takes the ceremony away: whoever has it is the only one who goes on with it.
  synchronized Optional<Ceremony> take(String id, Instant now) {
    Ceremony ceremony = underWay.remove(id);
    if (ceremony == null) {
      return Optional.empty();
    }
    perSource.merge(ceremony.source(), -1, Ceremonies::less);
    return now.isBefore(ceremony.expiresAt()) ? Optional.of(ceremony) : Optional.empty();
  }

  /// Puts back a ceremony that was taken, in its next state, under the same id.
  synchronized void resume(String id, Ceremony ceremony) {
    keep(id, ceremony);
  }

  private void keep(String id, Ceremony ceremony) {
    underWay.put(id, ceremony);
    perSource.merge(ceremony.source(), 1, Integer::sum);
  }

  /// Every ceremony lives equally long, so the expired ones stand first.
  private void dropExpired(Instant now) {
    var oldest = underWay.values().iterator();
    while (oldest.hasNext()) {
      Ceremony ceremony = oldest.next();
      if (now.isBefore(ceremony.expiresAt())) {
        return;
      }
      oldest.remove();
      perSource.merge(ceremony.source(), -1, Ceremonies::less);
    }
  }

  @org.jspecify.annotations.Nullable
  private static Integer less(Integer count, Integer change) {
    return count + change == 0 ? null : count + change;
  }
}
