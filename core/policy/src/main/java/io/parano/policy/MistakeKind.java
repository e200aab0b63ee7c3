package io.parano.policy;

import java.util.Locale;

/// What can be wrong with a policy document. Each has a message in every language, found by its
/// code.
public enum MistakeKind {
  TOO_LARGE,
  TOO_DEEP,
  TOO_MANY_MISTAKES,
  EMPTY,
  SEVERAL_DOCUMENTS,
  YAML_MALFORMED,
  CHARACTER_REFUSED,
  ANCHOR,
  ALIAS,
  TAG,

  MAPPING_EXPECTED,
  LIST_EXPECTED,
  TEXT_EXPECTED,
  TRUTH_EXPECTED,
  LIST_EMPTY,
  ENTRY_TWICE,

  VERSION_UNKNOWN,
  KEY_UNKNOWN,
  KEY_TWICE,
  KEY_MISSING,
  KEY_POINTLESS,
  VALUE_UNKNOWN,

  NAME_MALFORMED,
  ZONE_UNKNOWN,
  TOO_MANY_ZONES,
  NETWORK_MALFORMED,
  NETWORK_MAPPED,
  HOST_BITS_SET,

  RULE_TWICE,
  TOO_MANY_RULES,
  HOST_MALFORMED,
  PATH_MALFORMED,
  GROUP_MALFORMED,
  DURATION_MALFORMED,
  DURATION_TOO_LONG,
  IDLE_OUTLASTS_SESSION;

  /// The stable kebab-case code.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
