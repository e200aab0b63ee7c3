package io.parano.radiuspacket;

import io.parano.kernel.IpAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Calling-Station-Id: from where the person's device comes, in the words of whoever let it try
/// (RFC 2865 section 5.31). VPN servers say an address, some with a port; access points a hardware
/// address.
public final class StationId {
  private static final Pattern HARDWARE =
      Pattern.compile("(?i)[0-9a-f]{2}([-:.]?[0-9a-f]{2}){5}|[0-9a-f]{4}(\\.[0-9a-f]{4}){2}");

  /// strongSwan: `192.0.2.1[4500]`.
  private static final Pattern WITH_PORT_AFTER = Pattern.compile("([^\\[\\]]+)\\[\\d{1,5}\\]");

  private static final Pattern V4_WITH_PORT = Pattern.compile("([0-9.]+):\\d{1,5}");
  private static final Pattern V6_WITH_PORT = Pattern.compile("\\[([0-9a-fA-F:.]+)\\](:\\d{1,5})?");
  private static final int MOST_CHARACTERS = 64;

  private StationId() {}

  public sealed interface Reading {
    record Unreadable() implements Reading {}

    record Hardware() implements Reading {}

    record Address(IpAddress address) implements Reading {}
  }

  public static Reading read(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return new Reading.Unreadable();
    }
    if (HARDWARE.matcher(text).matches()) {
      return new Reading.Hardware();
    }
    try {
      return new Reading.Address(IpAddress.parse(withoutPort(text)));
    } catch (IllegalArgumentException e) {
      return new Reading.Unreadable();
    }
  }

  private static String withoutPort(String text) {
    for (Pattern form : new Pattern[] {WITH_PORT_AFTER, V4_WITH_PORT, V6_WITH_PORT}) {
      Matcher matcher = form.matcher(text);
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return text;
  }
}
