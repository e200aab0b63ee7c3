package io.parano.demo;

import io.parano.kernel.Randomness;
import io.parano.testkit.AttestationAuthority;
import io.parano.testkit.SecurityKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The software security keys of one run, their maker included: all made anew, none kept.
final class KeyRing {
  /// The model that all of them are of; its bytes spell "parano-demo-only".
  static final UUID MODEL = UUID.fromString("70617261-6e6f-2d64-656d-6f2d6f6e6c79");

  static final String MODEL_NAME = "Parano software key (demo)";

  private final Randomness randomness;
  private final AttestationAuthority maker;
  private final Map<String, Held> keys = new LinkedHashMap<>();

  KeyRing(Randomness randomness, Instant now) {
    this.randomness = randomness;
    // A clock that is a little behind must not find the certificates of the future.
    this.maker =
        AttestationAuthority.make("Parano demo root", now.minus(Duration.ofHours(1)), randomness);
  }

  /// @param id short, for URLs
  /// @param holder whose it is, as people say it
  record Held(String id, String holder, SecurityKey key) {}

  Randomness randomness() {
    return randomness;
  }

  AttestationAuthority maker() {
    return maker;
  }

  /// A new key for `holder`, who had none by that id; or a further one under an id of its own.
  synchronized SecurityKey make(String id, String holder) {
    SecurityKey key = SecurityKey.make(maker, MODEL, randomness);
    if (keys.putIfAbsent(id, new Held(id, holder, key)) != null) {
      throw new IllegalStateException("there is a key \"" + id + "\" already");
    }
    return key;
  }

  synchronized SecurityKey key(String id) {
    Held held = keys.get(id);
    if (held == null) {
      throw new IllegalStateException("there is no key \"" + id + "\"");
    }
    return held.key();
  }

  synchronized Optional<Held> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  synchronized Collection<Held> all() {
    return List.copyOf(keys.values());
  }
}
