package io.parano.radiuspacket;

import java.util.Locale;

/// What is wrong with a packet. Nothing with a flaw is answered (RFC 2865 section 3: silently
/// discarded), so that these are for counters and the log alone.
public enum Flaw {
  TRUNCATED,
  LENGTH_IMPOSSIBLE,
  CODE_UNKNOWN,
  ATTRIBUTE_MALFORMED,
  ATTRIBUTE_WIDTH,
  ATTRIBUTE_REPEATED,
  TOO_MANY_ATTRIBUTES,
  PROXY_STATE_TOO_LONG,
  NOT_A_REQUEST,
  NOT_AN_ANSWER,
  ANSWER_TO_ANOTHER,
  MESSAGE_AUTHENTICATOR_MISSING,
  MESSAGE_AUTHENTICATOR_WRONG,
  AUTHENTICATOR_WRONG,
  PROXY_STATE_UNPROTECTED;

  private final String code;

  Flaw() {
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The stable kebab-case code, as the log and the metrics print it.
  public String code() {
    return code;
  }
}
