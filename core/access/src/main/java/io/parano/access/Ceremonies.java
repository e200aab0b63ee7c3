package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Randomness;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ceremonies under way of people who have shown something: a session, a code, a touch. In
/// bounded memory: each who showed something may have [#OF_ONE] of them from one source, and the
/// oldest of these goes for a new one. Who shares that source is kept out by none of it. The
/// beginnings of sign-ins, for which nothing is shown, are kept by whoever begins ([Beginnings]).
final class Ceremonies {
  static final int OF_ONE = 16;
  static final int IN_ALL = 50_000;

  private final Randomness randomness;
  private final LinkedHashMap<String, Ceremony> underWay = new LinkedHashMap<>();
  private final Map<Owner, LinkedHashSet<String>> byOwner = new HashMap<>();

  private record Owner(IpPrefix source, Object shownBy) {
    static Owner of(Ceremony ceremony) {
      return new Owner(ceremony.source(), ceremony.shownBy());
    }
  }

  Ceremonies(Randomness randomness) {
    this.randomness = randomness;
  }

  /// Keeps the ceremony under a fresh id of 128 random bits; empty when there are too many of them
  /// all together.
  synchronized Optional<String> begin(Ceremony ceremony, Instant now) {
    dropExpired(now);
    LinkedHashSet<String> own = byOwner.get(Owner.of(ceremony));
    if (own != null && own.size() >= OF_ONE) {
      drop(own.getFirst());
    }
    if (underWay.size() >= IN_ALL) {
      return Optional.empty();
    }
    return Optional.of(keep(ceremony));
  }

  /// Takes the ceremony away: whoever has it is the only one who goes on with it.
  synchronized Optional<Ceremony> take(String id, Instant now) {
    Ceremony ceremony = drop(id);
    return ceremony != null && now.isBefore(ceremony.expiresAt())
        ? Optional.of(ceremony)
        : Optional.empty();
  }

  /// Puts back a ceremony that was taken, in its next state, under the same id.
  synchronized void resume(String id, Ceremony ceremony) {
    keep(id, ceremony);
  }

  private String keep(Ceremony ceremony) {
    String id = Bytes.of(randomness.bytes(16)).base64Url();
    keep(id, ceremony);
    return id;
  }

  private void keep(String id, Ceremony ceremony) {
    underWay.put(id, ceremony);
    byOwner.computeIfAbsent(Owner.of(ceremony), owner -> new LinkedHashSet<>()).add(id);
  }

  private @Nullable Ceremony drop(String id) {
    Ceremony ceremony = underWay.remove(id);
    if (ceremony != null) {
      forget(id, ceremony);
    }
    return ceremony;
  }

  private void forget(String id, Ceremony ceremony) {
    byOwner.computeIfPresent(
        Owner.of(ceremony),
        (owner, own) -> {
          own.remove(id);
          return own.isEmpty() ? null : own;
        });
  }

  /// Every ceremony lives equally long, so the expired ones stand first.
  private void dropExpired(Instant now) {
    Iterator<Map.Entry<String, Ceremony>> oldest = underWay.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<String, Ceremony> entry = oldest.next();
      if (now.isBefore(entry.getValue().expiresAt())) {
        return;
      }
      oldest.remove();
      forget(entry.getKey(), entry.getValue());
    }
  }
}
