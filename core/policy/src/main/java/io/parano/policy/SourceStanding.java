package io.parano.policy;

import java.util.Set;

/// What an address is worth as source before anybody is known: whether one can sign in from it.
public sealed interface SourceStanding {
  /// No zone holds it.
  record Unlisted() implements SourceStanding {}

  /// Only zones hold it that count for the holder of a live lease alone.
  record OnlyLeased(Set<String> zones) implements SourceStanding {
    public OnlyLeased {
      zones = Set.copyOf(zones);
    }
  }

  /// @param zones the zones that hold it and count for anybody
  record Listed(Set<String> zones) implements SourceStanding {
    public Listed {
      zones = Set.copyOf(zones);
    }
  }
}
