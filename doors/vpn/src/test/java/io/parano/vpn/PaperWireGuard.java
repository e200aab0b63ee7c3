package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An interface on paper. [WireGuardContractTest] holds it to what real ones do.
final class PaperWireGuard implements WireGuard {
  final Map<Bytes, List<IpPrefix>> peers = new LinkedHashMap<>();
  final Map<Bytes, Bytes> secrets = new LinkedHashMap<>();
  boolean away;

  @Override
  public synchronized void put(Bytes publicKey, IpAddress address, Secret presharedKey)
      throws IOException {
    refuseAway();
    IpPrefix network = new IpPrefix(address, 128);
    peers.replaceAll((_, allowed) ->
        allowed.contains(network)
            ? allowed.stream().filter(one -> !one.equals(network)).toList()
            : allowed);
    peers.put(publicKey, List.of(network));
    secrets.put(publicKey, Bytes.of(presharedKey.copy()));
  }

  @Override
  public synchronized void remove(List<Bytes> publicKeys) throws IOException {
    refuseAway();
    peers.keySet().removeAll(publicKeys);
  }

  @Override
  public synchronized List<Present> peers() throws IOException {
    refuseAway();
    return peers.entrySet().stream()
        .map(peer -> new Present(peer.getKey(), peer.getValue()))
        .toList();
  }

  private void refuseAway() throws IOException {
    if (away) {
      throw new IOException("the interface is away");
    }
  }
}
