package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Peers in memory, which can be told that what carries them is away. */
final class MemoryPeers implements Peers {
  final Map<Bytes, Peer> standing = new LinkedHashMap<>();
  final Map<Bytes, Secret> presharedKeys = new LinkedHashMap<>();
  private boolean away;
  private @Nullable Runnable during;

  @Override
  public void put(Peer peer, Secret presharedKey) {
    reached();
    Runnable now = during;
    during = null;
    if (now != null) {
      now.run();
    }
    standing.put(peer.publicKey(), peer);
    presharedKeys.put(peer.publicKey(), Secret.of(presharedKey.copy()));
  }

  @Override
  public void remove(Bytes publicKey) {
    reached();
    standing.remove(publicKey);
  }

  private void reached() {
    if (away) {
      throw new Unavailable("told so");
    }
  }

  void away(boolean yes) {
    away = yes;
  }

  /** The next peer is put while `happening` does. */
  void meanwhile(Runnable happening) {
    during = happening;
  }
}
