package io.parano.web;

import io.parano.kernel.IpAddress;
import org.jspecify.annotations.Nullable;

/// Addresses as proxies write them. Those of IPv6 take long to read, and the same come again and
/// again, so the last one read for each slot is kept: reading it again costs a comparison. Four
/// numbers are read sooner than they are found. Belongs to one event loop.
final class Addresses {
  private static final int SLOTS = 1024;

  private final @Nullable String[] texts = new @Nullable String[SLOTS];
  private final @Nullable IpAddress[] addresses = new @Nullable IpAddress[SLOTS];

  /// The address that `text` is; null when it is none.
  @Nullable IpAddress read(String text) {
    if (text.indexOf(':') < 0) {
      return strictly(text);
    }
    int slot = text.hashCode() & (SLOTS - 1);
    if (text.equals(texts[slot])) {
      return addresses[slot];
    }
    IpAddress address = strictly(text);
    if (address != null) {
      texts[slot] = text;
      addresses[slot] = address;
    }
    return address;
  }

  static @Nullable IpAddress strictly(String text) {
    try {
      return IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
