package io.parano.policy;

import java.time.Instant;
import java.util.Set;

/// Who asks, as far as the gate could establish.
public sealed interface Asker {
  /// Nobody that a live session vouches for.
  record Outsider() implements Asker {}

  /// The holder of a live session on three levels.
  ///
  /// @param touchedAt when the token was last touched
  /// @param leased whether a live lease ties the source address to this very person
  record Holder(Set<String> groups, Instant touchedAt, boolean leased) implements Asker {}
}
