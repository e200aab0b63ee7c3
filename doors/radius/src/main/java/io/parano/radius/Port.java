package io.parano.radius;

import io.parano.radiuspacket.Code;

/// Which of the two ports of RFC 2865 and RFC 2866 a packet came to, or the one of RFC 6614 for
/// both.
enum Port {
  ACCESS,
  ACCOUNTING,
  TLS;

  boolean takes(Code code) {
    return code == Code.STATUS_SERVER
        || (this != ACCOUNTING && code == Code.ACCESS_REQUEST)
        || (this != ACCESS && code == Code.ACCOUNTING_REQUEST);
  }

  Code alive() {
    return this == ACCOUNTING ? Code.ACCOUNTING_RESPONSE : Code.ACCESS_ACCEPT;
  }
}
