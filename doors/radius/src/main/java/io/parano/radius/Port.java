package io.parano.radius;

import io.parano.radiuspacket.Code;

/// Which of the two ports of RFC 2865 and RFC 2866 a packet came to.
enum Port {
  ACCESS,
  ACCOUNTING;

  boolean takes(Code code) {
    return code == Code.STATUS_SERVER
        || code == (this == ACCESS ? Code.ACCESS_REQUEST : Code.ACCOUNTING_REQUEST);
  }

  Code alive() {
    return this == ACCESS ? Code.ACCESS_ACCEPT : Code.ACCOUNTING_RESPONSE;
  }
}
