package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Keys and addresses that tests share.
final class Sample {
  static final Networks NETWORKS =
      new Networks(List.of(IpPrefix.parse("10.88.0.0/24"), IpPrefix.parse("fd88::/64")));
  static final Duration LONGEST = Duration.ofHours(12);

  private Sample() {}

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
