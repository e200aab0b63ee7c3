package io.parano.policy;

import io.parano.kernel.Factor;
import java.time.Instant;
import java.util.Set;

/// Who asks, as far as the gate could establish.
public sealed interface Asker {
  /// Nobody that a live session vouches for.
  record Outsider() implements Asker {}

  /// The holder of a live session on three levels.
  ///
  /// @param factor by what the token was shown
  /// @param touchedAt when that was last
  /// @param leased whether a live lease ties the source address to this very person
  record Holder(Set<String> groups, Factor factor, Instant touchedAt, boolean leased)
      implements Asker {}
}
