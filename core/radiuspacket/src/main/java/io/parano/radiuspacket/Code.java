package io.parano.radiuspacket;

import org.jspecify.annotations.Nullable;

/// What a packet is (RFC 2865 section 3, RFC 5997, RFC 5176).
public enum Code {
  ACCESS_REQUEST(1),
  ACCESS_ACCEPT(2),
  ACCESS_REJECT(3),
  ACCOUNTING_REQUEST(4),
  ACCOUNTING_RESPONSE(5),
  ACCESS_CHALLENGE(11),
  STATUS_SERVER(12),
  DISCONNECT_REQUEST(40),
  DISCONNECT_ACK(41),
  DISCONNECT_NAK(42),
  COA_REQUEST(43),
  COA_ACK(44),
  COA_NAK(45);

  private static final Code[] BY_NUMBER = new Code[256];

  static {
    for (Code code : values()) {
      BY_NUMBER[code.number] = code;
    }
  }

  private final int number;

  Code(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /// Null for one that we don't speak.
  static @Nullable Code of(int number) {
    return BY_NUMBER[number & 0xff];
  }
}
