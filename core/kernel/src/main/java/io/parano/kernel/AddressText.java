package io.parano.kernel;

import java.util.ArrayList;
import java.util.List;

/** The textual forms of addresses: RFC 4291 section 2.2 read strictly, RFC 5952 written. */
final class AddressText {
  private AddressText() {}

  static IpAddress parse(String text) {
    if (text.length() > 45) {
      throw malformed(text);
    }
    return text.indexOf(':') < 0 ? IpAddress.v4(quad(text, text)) : v6(text);
  }

  static String write(IpAddress address) {
    if (address.isV4()) {
      long bits = address.low();
      return ((bits >> 24) & 255)
          + "."
          + ((bits >> 16) & 255)
          + "."
          + ((bits >> 8) & 255)
          + "."
          + (bits & 255);
    }
    int[] groups = groups(address);
    int start = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && groups[i + run] == 0) {
        run++;
      }
      if (run > length) {
        start = i;
        length = run;
      }
    }
    StringBuilder out = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        out.append("::");
        i += length - 1;
      } else {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
          out.append(':');
        }
        out.append(Integer.toHexString(groups[i]));
      }
    }
    return out.toString();
  }

  private static int[] groups(IpAddress address) {
    int[] groups = new int[8];
    for (int i = 0; i < 4; i++) {
      groups[i] = (int) (address.high() >>> (48 - 16 * i)) & 0xffff;
      groups[i + 4] = (int) (address.low() >>> (48 - 16 * i)) & 0xffff;
    }
    return groups;
  }

  private static IpAddress v6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      throw malformed(text);
    }
    List<Integer> head = half(gap < 0 ? text : text.substring(0, gap), text, gap < 0);
    List<Integer> tail = gap < 0 ? List.of() : half(text.substring(gap + 2), text, true);
    int present = head.size() + tail.size();
    if (gap < 0 ? present != 8 : present > 7) {
      throw malformed(text);
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 8; i++) {
      int group =
          i < head.size() ? head.get(i) : i < 8 - tail.size() ? 0 : tail.get(i - 8 + tail.size());
      if (i < 4) {
        high = (high << 16) | group;
      } else {
        low = (low << 16) | group;
      }
    }
    return new IpAddress(high, low);
  }

  private static List<Integer> half(String half, String whole, boolean quadAllowed) {
    List<Integer> groups = new ArrayList<>(8);
    if (half.isEmpty()) {
      return groups;
    }
    String[] parts = half.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (quadAllowed && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        int bits = quad(parts[i], whole);
        groups.add(bits >>> 16);
        groups.add(bits & 0xffff);
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        throw malformed(whole);
      }
    }
    return groups;
  }

  /// In one pass and without a regular expression: every request that a proxy asks about carries
  /// one.
  private static int quad(String text, String whole) {
    int bits = 0;
    int dots = 0;
    int octet = 0;
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit == '.' - '0' && digits > 0 && dots < 3) {
        bits = (bits << 8) | octet;
        dots++;
        octet = 0;
        digits = 0;
      } else if (digit < 0 || digit > 9 || (digits > 0 && octet == 0) || digits == 3) {
        throw malformed(whole);
      } else {
        octet = octet * 10 + digit;
        digits++;
        if (octet > 255) {
          throw malformed(whole);
        }
      }
    }
    if (dots != 3 || digits == 0) {
      throw malformed(whole);
    }
    return (bits << 8) | octet;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException("expected an IPv4 or IPv6 address, found \"" + text + "\"");
  }
}
