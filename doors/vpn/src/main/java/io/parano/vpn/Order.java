package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.Secret;
import java.time.Instant;
import java.util.List;

/// What the server may tell the helper to do. There is nothing else.
sealed interface Order {
  /// Most peers in one order.
  int MOST = 256;

  /// Lets a peer through: from its address, under its pre-shared key, until its life is over.
  ///
  /// @param said when the server said so
  /// @param presharedKey the one who acts on it wipes it
  record Put(Instant said, Standing peer, Secret presharedKey) implements Order {}

  /// Keeps addresses open for another few seconds.
  record Renew(Instant said, List<Standing> peers) implements Order {
    public Renew {
      peers = List.copyOf(peers);
    }
  }

  /// Ends peers. It is never too late for that.
  record Remove(List<Bytes> publicKeys) implements Order {
    public Remove {
      publicKeys = List.copyOf(publicKeys);
    }
  }

  /// Who stands.
  record Listing() implements Order {}
}
