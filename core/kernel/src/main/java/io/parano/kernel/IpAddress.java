package io.parano.kernel;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// An IPv4 or IPv6 address as 128 bits. IPv4 lives at its mapped place (`::ffff:0:0/96`, RFC 4291
/// section 2.5.5.2), so that `::ffff:192.0.2.1` and `192.0.2.1` are one address. Parsing resolves
/// no name and takes no zone id.
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
  private static final long MAPPED = 0x0000_ffff_0000_0000L;

  /// Reads strict textual forms: dotted quads without leading zeros, RFC 4291 section 2.2 for IPv6.
  /// Throws [IllegalArgumentException] saying what was expected and what came.
  public static IpAddress parse(String text) {
    return AddressText.parse(text);
  }

  public static IpAddress of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? v4(bytes.getInt())
        : new IpAddress(bytes.getLong(), bytes.getLong());
  }

  /// The IPv4 address of these 32 bits, the first octet highest.
  public static IpAddress v4(int bits) {
    return new IpAddress(0, MAPPED | (bits & 0xffff_ffffL));
  }

  public boolean isV4() {
    return high == 0 && (low >>> 32) == 0xffffL;
  }

  /// What a session is bound to: the address itself for IPv4, the /64 for IPv6 (hosts change the
  /// lower half).
  public IpPrefix binding() {
    return isV4() ? new IpPrefix(this, 128) : IpPrefix.of(this, 64);
  }

  @Override
  public int compareTo(IpAddress other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /// Dotted quad, or RFC 5952 for IPv6.
  @Override
  public String toString() {
    return AddressText.write(this);
  }
}
