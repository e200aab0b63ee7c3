package io.parano.vpn;

import java.util.Locale;

/// Why the helper does not do what it is told.
enum Objection {
  MALFORMED,
  /// It was said too long ago: the helper stood still, and much may have ended since.
  STALE,
  /// Not of the networks that tunnel addresses come from.
  ADDRESS_FOREIGN,
  /// Another peer's.
  ADDRESS_TAKEN,
  LIFE_TOO_LONG,
  TOO_MANY;

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
