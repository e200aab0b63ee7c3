package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Passwords that were typed and wait for the one-time password, each for a minute, wiped
/// afterwards. In bounded memory, and each server has its own bound: one that is flooded holds up
/// no other.
final class HeldPasswords {
  static final Duration LIFE = Duration.ofMinutes(1);
  static final int PER_SERVER = 256;

  private final Randomness randomness;
  private final LinkedHashMap<String, Held> held = new LinkedHashMap<>();
  private final Map<String, Integer> ofServer = new HashMap<>();

  private record Held(Admitting.Asked asked, Secret password, Instant until) {}

  HeldPasswords(Randomness randomness) {
    this.randomness = randomness;
  }

  /// Owns `password` from now on. Empty when the server has too many waiting.
  synchronized Optional<String> hold(Admitting.Asked asked, Secret password, Instant now) {
    dropExpired(now);
    if (ofServer.getOrDefault(asked.server(), 0) >= PER_SERVER) {
      password.wipe();
      return Optional.empty();
    }
    String state = Bytes.of(randomness.bytes(32)).base64Url();
    held.put(state, new Held(asked, password, now.plus(LIFE)));
    ofServer.merge(asked.server(), 1, Integer::sum);
    return Optional.of(state);
  }

  /// The password that waits under `state`, once, for whoever typed it: who asks otherwise than it
  /// was asked has used it up.
  synchronized Optional<Secret> take(String state, Admitting.Asked asked, Instant now) {
    dropExpired(now);
    Held taken = held.remove(state);
    if (taken == null) {
      return Optional.empty();
    }
    forget(taken);
    if (!taken.asked().equals(asked)) {
      taken.password().wipe();
      return Optional.empty();
    }
    return Optional.of(taken.password());
  }

  private void forget(Held gone) {
    ofServer.computeIfPresent(
        gone.asked().server(), (server, count) -> count == 1 ? null : count - 1);
  }

  /// Each waits equally long, so the expired ones stand first.
  private void dropExpired(Instant now) {
    Iterator<Held> oldest = held.values().iterator();
    while (oldest.hasNext()) {
      Held one = oldest.next();
      if (now.isBefore(one.until())) {
        return;
      }
      oldest.remove();
      one.password().wipe();
      forget(one);
    }
  }
}
