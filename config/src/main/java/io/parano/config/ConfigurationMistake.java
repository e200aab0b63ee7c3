package io.parano.config;

import io.parano.document.Mistake;
import io.parano.document.Sentences;
import java.util.Locale;

/// What can be wrong with a configuration beyond what can be wrong with any document.
public enum ConfigurationMistake implements Mistake.Kind {
  VERSION_UNKNOWN,
  PATH_MALFORMED,
  SOCKET_TOO_LONG,
  ADDRESS_MALFORMED,
  NETWORK_MALFORMED,
  ORIGIN_MALFORMED,
  FINGERPRINT_MALFORMED,
  NAME_MALFORMED,
  ONE_OF_KEYS,
  RELYING_PARTY_FOREIGN,
  HOST_TWICE,
  HOST_IS_SIGN_IN,
  HOST_UNKNOWN,
  PROXY_TWICE,
  SOCKET_UNKNOWN,
  ADDRESSES_MISSING,
  GRPC_NOWHERE,
  COOKIE_DOMAIN_FOREIGN,
  CHECKPOINTS_INSIDE_DATA,
  STORE_URL_MALFORMED,
  WITNESS_URL_MALFORMED,
  WITNESS_KEY_MALFORMED,
  WITNESS_TWICE,
  WITNESS_UNPINNED,
  WITNESS_IN_THE_CLEAR,
  RADIUS_CLIENT_TWICE,
  RADIUS_ADDRESS_TWICE,
  RADIUS_SECRET_UNSEALED,
  RADIUS_EXEMPT_IN_THE_CLEAR,
  RADIUS_RADSEC_NOWHERE,
  RADIUS_CERTIFICATE_NAME_MALFORMED,
  OPENVPN_TWICE,
  JUMP_NAME_MALFORMED,
  JUMP_SOURCE_MALFORMED,
  JUMP_SOURCE_TWICE,
  COST_TOO_LOW,
  NO_TOKEN_MAKER,

  FILE_MISSING,
  FILE_UNREADABLE,
  FILE_OPEN_TO_OTHERS;

  @Override
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Sentences sentences() {
    return Texts.SENTENCES;
  }
}
