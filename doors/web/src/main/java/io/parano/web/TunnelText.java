package io.parano.web;

import io.parano.access.Carrier;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/// What a device's WireGuard is told of its tunnel, as `wg-quick` and the programs of phones read
/// it. The device keeps its private key, of which nobody here knows.
final class TunnelText {
  /// Of a prefix that is one address, in the bits of IPv6.
  private static final int ALONE = 128;

  /// So that the device is reached from inside although it stands behind an address translation:
  /// wg(8) names this time.
  private static final int KEEPALIVE_SECONDS = 25;

  private TunnelText() {}

  /// @param ownKey a line for people, in place of the private key
  static String of(Carrier.End end, IpAddress address, Secret presharedKey, String ownKey) {
    return """
    [Interface]
    # %s
    Address = %s

    [Peer]
    PublicKey = %s
    PresharedKey = %s
    Endpoint = %s
    AllowedIPs = %s
    PersistentKeepalive = %d
    """
        .formatted(
            ownKey,
            IpPrefix.of(address, ALONE),
            Base64.getEncoder().encodeToString(end.publicKey().copy()),
            base64(presharedKey),
            end.endpoint(),
            end.routes().stream().map(IpPrefix::toString).collect(Collectors.joining(", ")),
            KEEPALIVE_SECONDS);
  }

  private static String base64(Secret secret) {
    byte[] bytes = secret.copy();
    try {
      return Base64.getEncoder().encodeToString(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
