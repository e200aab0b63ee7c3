package io.parano.vpn;

import java.util.List;

/// What the helper says to an order, from the most refusing to the most allowing.
sealed interface Answer {
  record Refused(Objection objection) implements Answer {}

  /// Interface or packet filter can't be had. What it said to be removed is closed all the same
  /// once its entry in the packet filter is four seconds old.
  record Unavailable() implements Answer {}

  /// To a renewal it names the peers that it does not keep open, because they are not there; to a
  /// listing those that are.
  record Done(List<Standing> peers) implements Answer {
    public Done {
      peers = List.copyOf(peers);
    }
  }
}
