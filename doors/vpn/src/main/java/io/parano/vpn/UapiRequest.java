package io.parano.vpn;

import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What is said to an interface over the cross-platform userspace interface.
final class UapiRequest {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private UapiRequest() {}

  static byte[] get() {
    return ascii("get=1\n\n");
  }

  static byte[] remove(List<Bytes> publicKeys) {
    return ascii(
        publicKeys.stream()
            .map(UapiRequest::remove)
            .collect(Collectors.joining("", "set=1\n", "\n")));
  }

  private static String remove(Bytes publicKey) {
    return "public_key=" + publicKey.hex() + "\nremove=true\n";
  }

  /// A peer that is there already is removed first: else what was agreed under the earlier
  /// pre-shared key holds for minutes more. Whoever calls wipes the bytes.
  static byte[] put(Bytes publicKey, IpAddress address, Secret presharedKey) {
    byte[] before =
        ascii("set=1\n" + remove(publicKey) + "public_key=" + publicKey.hex() + "\npreshared_key=");
    byte[] after =
        ascii("\nreplace_allowed_ips=true\nallowed_ip=" + Networks.alone(address) + "\n\n");
    byte[] secret = presharedKey.copy();
    byte[] whole = new byte[before.length + 2 * secret.length + after.length];
    System.arraycopy(before, 0, whole, 0, before.length);
    int at = before.length;
    for (byte octet : secret) {
      whole[at++] = DIGITS[(octet >> 4) & 15];
      whole[at++] = DIGITS[octet & 15];
    }
    Arrays.fill(secret, (byte) 0);
    System.arraycopy(after, 0, whole, at, after.length);
    return whole;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
