package io.parano.sshcert;

import java.util.Locale;

/// What is wrong with bytes that should be a key, a certificate, a list or a signature: the first
/// thing found.
public enum Flaw {
  TOO_LONG,
  TRUNCATED,
  TRAILING_BYTES,
  LINE_MALFORMED,
  TEXT_MALFORMED,
  NUMBER_MALFORMED,

  KEY_TYPE_UNKNOWN,
  KEY_LENGTH,
  KEY_CURVE,
  KEY_POINT,
  KEY_MODULUS,
  KEY_EXPONENT,
  KEY_APPLICATION,

  NONCE_SHORT,
  KIND_UNKNOWN,
  PRINCIPALS_TOO_MANY,
  VALIDITY_EMPTY,
  OPTIONS_UNSORTED,
  RESERVED_USED,
  AUTHORITY_UNUSABLE,
  SIGNATURE_MALFORMED,

  LIST_MAGIC,
  LIST_FORMAT,
  LIST_SECTION_UNKNOWN,
  LIST_SECTION_EMPTY,
  LIST_RANGE_BACKWARDS,

  FILE_ENCRYPTED,
  FILE_MALFORMED;

  /// The stable kebab-case code.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
