package io.parano.radiuspacket;

import org.jspecify.annotations.Nullable;

/// The attributes that we read or write. Others are taken along unread.
public enum Type {
  USER_NAME(1, Form.OCTETS, Times.ONCE),
  USER_PASSWORD(2, Form.OCTETS, Times.ONCE),
  NAS_IP_ADDRESS(4, Form.FOUR, Times.ONCE),
  NAS_PORT(5, Form.FOUR, Times.ONCE),
  SERVICE_TYPE(6, Form.FOUR, Times.ONCE),
  FRAMED_IP_ADDRESS(8, Form.FOUR, Times.ONCE),
  FILTER_ID(11, Form.OCTETS, Times.ANY),
  REPLY_MESSAGE(18, Form.OCTETS, Times.ANY),
  STATE(24, Form.OCTETS, Times.ONCE),
  CLASS(25, Form.OCTETS, Times.ANY),
  SESSION_TIMEOUT(27, Form.FOUR, Times.ONCE),
  CALLED_STATION_ID(30, Form.OCTETS, Times.ONCE),
  CALLING_STATION_ID(31, Form.OCTETS, Times.ONCE),
  NAS_IDENTIFIER(32, Form.OCTETS, Times.ONCE),
  PROXY_STATE(33, Form.OCTETS, Times.ANY),
  ACCT_STATUS_TYPE(40, Form.FOUR, Times.ONCE),
  ACCT_DELAY_TIME(41, Form.FOUR, Times.ONCE),
  ACCT_INPUT_OCTETS(42, Form.FOUR, Times.ONCE),
  ACCT_OUTPUT_OCTETS(43, Form.FOUR, Times.ONCE),
  ACCT_SESSION_ID(44, Form.OCTETS, Times.ONCE),
  ACCT_SESSION_TIME(46, Form.FOUR, Times.ONCE),
  ACCT_TERMINATE_CAUSE(49, Form.FOUR, Times.ONCE),
  EVENT_TIMESTAMP(55, Form.FOUR, Times.ONCE),
  PROMPT(76, Form.FOUR, Times.ONCE),
  EAP_MESSAGE(79, Form.OCTETS, Times.ANY),
  MESSAGE_AUTHENTICATOR(80, Form.SIXTEEN, Times.ONCE),
  ACCT_INTERIM_INTERVAL(85, Form.FOUR, Times.ONCE),
  NAS_IPV6_ADDRESS(95, Form.SIXTEEN, Times.ONCE),
  ERROR_CAUSE(101, Form.FOUR, Times.ONCE);

  /// How many octets a value has.
  private enum Form {
    OCTETS,
    FOUR,
    SIXTEEN
  }

  private enum Times {
    ONCE,
    ANY
  }

  private static final Type[] BY_NUMBER = new Type[256];

  static {
    for (Type type : values()) {
      BY_NUMBER[type.number] = type;
    }
  }

  private final int number;
  private final Form form;
  private final Times times;

  Type(int number, Form form, Times times) {
    this.number = number;
    this.form = form;
    this.times = times;
  }

  public int number() {
    return number;
  }

  /// Null for one that we don't read.
  static @Nullable Type of(int number) {
    return BY_NUMBER[number & 0xff];
  }

  boolean onlyOnce() {
    return times == Times.ONCE;
  }

  boolean fits(int width) {
    return switch (form) {
      case OCTETS -> true;
      case FOUR -> width == 4;
      case SIXTEEN -> width == 16;
    };
  }
}
