package io.parano.vpn;

import io.parano.access.Admitting;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keys, addresses and a door that tests share.
final class Sample {
  static final Networks NETWORKS =
      new Networks(List.of(IpPrefix.parse("10.88.0.0/24"), IpPrefix.parse("fd88::/64")));
  static final Duration LONGEST = Duration.ofHours(12);

  private Sample() {}

  /// A door that listens.
  static OpenVpnDoor openVpn(Path socket, @Nullable Path helper, Admitting core) {
    OpenVpnDoor door =
        new OpenVpnDoor(
            new OpenVpnConfig(
                "vpn-1",
                socket,
                helper,
                "255.255.255.0",
                Language.EN,
                "https://auth.example.com/vpn/confirm"),
            InstantSource.system(),
            new SecureRandom()::nextBytes);
    door.open(core);
    return door;
  }

  static Bytes key(int number) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) number);
    return Bytes.of(key);
  }

  static Standing peer(int number) {
    return peer(number, "10.88.0." + number);
  }

  static Standing peer(int number, String address) {
    return new Standing(key(number), IpAddress.parse(address), Duration.ofHours(1));
  }

  static Secret secret(int number) {
    return Secret.of(key(number).copy());
  }
}
