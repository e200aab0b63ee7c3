package io.parano.kernel;

/// A network: an address and how many of its 128 bits count. For IPv4 the written length is 96
/// less.
public record IpPrefix(IpAddress first, int bits) {
  public IpPrefix {
    if (bits < 0 || bits > 128) {
      throw new IllegalArgumentException("a prefix has 0 to 128 bits, not " + bits);
    }
    if (!masked(first, bits).equals(first)) {
      throw new IllegalArgumentException(
          first + " has bits set beyond the prefix; the network is " + masked(first, bits));
    }
  }

  /// The network of the given length that holds `address`.
  public static IpPrefix of(IpAddress address, int bits) {
    return new IpPrefix(masked(address, bits), bits);
  }

  /// Reads `address/length`, or a bare address as itself alone. Host bits beyond the length are an
  /// error, since they are more often a typing mistake than an intention.
  public static IpPrefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new IpPrefix(IpAddress.parse(text), 128);
    }
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    int length = length(text.substring(slash + 1), address.isV4() ? 32 : 128, text);
    return new IpPrefix(address, address.isV4() ? length + 96 : length);
  }

  public boolean contains(IpAddress address) {
    return contains(first.high(), first.low(), bits, address);
  }

  /// The same of a network that is kept as three numbers, where there are many.
  ///
  /// @param high of the network's first address; low likewise
  public static boolean contains(long high, long low, int bits, IpAddress address) {
    return (address.high() & highMask(bits)) == high && (address.low() & lowMask(bits)) == low;
  }

  @Override
  public String toString() {
    return first + "/" + (first.isV4() && bits >= 96 ? bits - 96 : bits);
  }

  private static int length(String digits, int most, String whole) {
    if (!digits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(digits) > most) {
      throw new IllegalArgumentException(
          "expected a prefix length of 0 to " + most + " after the slash, found \"" + whole + "\"");
    }
    return Integer.parseInt(digits);
  }

  private static IpAddress masked(IpAddress address, int bits) {
    return new IpAddress(address.high() & highMask(bits), address.low() & lowMask(bits));
  }

  private static long highMask(int bits) {
    return bits == 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
  }

  private static long lowMask(int bits) {
    return bits <= 64 ? 0 : bits == 128 ? -1L : -1L << (128 - bits);
  }
}
