package io.parano.policy;

import io.parano.document.Mistake;
import io.parano.document.Sentences;
import java.util.Locale;

/// What can be wrong with a policy beyond what can be wrong with any document.
public enum MistakeKind implements Mistake.Kind {
  VERSION_UNKNOWN,

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
  ACCOUNT_MALFORMED,
  DESTINATION_MALFORMED,
  VPN_FROM_EVERYWHERE,
  ZONE_LEASED,
  DEVICE_UNKNOWN,
  ATTRIBUTE_TOO_LONG,
  FRAMED_MALFORMED,
  IDLE_OUTLASTS_SESSION;

  @Override
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Sentences sentences() {
    return Texts.SENTENCES;
  }
}
