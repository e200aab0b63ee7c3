package io.parano.vpn;

import java.util.Locale;

/// What can be wrong with what an interface says of itself.
enum Flaw {
  TOO_LONG,
  /// It ends before it says that it does.
  TRUNCATED,
  TRAILING,
  LINE_MALFORMED,
  KEY_UNKNOWN,
  /// Something that stands only below another thing, or once.
  OUT_OF_PLACE,
  PUBLIC_KEY_MALFORMED,
  /// A private or a pre-shared one, which is looked at and not kept.
  SECRET_MALFORMED,
  NUMBER_MALFORMED,
  ENDPOINT_MALFORMED,
  NETWORK_MALFORMED,
  PEER_TWICE,
  TOO_MANY;

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
