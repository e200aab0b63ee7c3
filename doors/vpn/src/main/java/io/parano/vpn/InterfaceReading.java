package io.parano.vpn;

import java.util.List;

/// What became of reading what an interface says, from the most refusing to the most allowing.
sealed interface InterfaceReading {
  record Malformed(Flaw flaw) implements InterfaceReading {}

  /// It was understood and not done.
  ///
  /// @param errno of the operating system, either sign
  record Failed(long errno) implements InterfaceReading {}

  /// @param peers none where nobody asked for them
  record Read(List<Present> peers) implements InterfaceReading {
    public Read {
      peers = List.copyOf(peers);
    }
  }
}
