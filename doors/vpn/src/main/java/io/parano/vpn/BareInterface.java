package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An interface that knows no peers, as OpenVPN's: who stands is what was said here, and the packet
/// filter alone keeps others out. A helper that begins anew knows nobody.
final class BareInterface implements WireGuard {
  private final Map<Bytes, IpAddress> peers = new LinkedHashMap<>();

  @Override
  public void put(Bytes publicKey, IpAddress address, Secret presharedKey) {
    peers.put(publicKey, address);
  }

  @Override
  public void remove(List<Bytes> publicKeys) {
    publicKeys.forEach(peers::remove);
  }

  @Override
  public List<Present> peers() {
    List<Present> present = new ArrayList<>();
    peers.forEach(
        (key, address) -> present.add(new Present(key, List.of(new IpPrefix(address, 128)))));
    return present;
  }
}
