package io.parano.policy;

import java.util.Locale;

/// What a policy may say and its officers should know it says. Each has a message in every
/// language, found by its code.
public enum WeaknessKind {
  /// No zone from which one can sign in: everybody is shut out, officers included.
  NOBODY_SIGNS_IN,
  /// A rule that asks for the source alone.
  LEVELS_SOURCE,
  /// A rule for which a one-time password is enough as a token: it can be phished.
  OTP_ALLOWED,
  /// A zone with a network wider than any company's (IPv4 shorter than /8, IPv6 shorter than /16).
  ZONE_WIDE,
  ZONES_OVERLAP,
  /// A zone that no rule names. One can still sign in from it.
  ZONE_UNUSED,
  /// Everything that the rule matches, an earlier rule matches.
  RULE_NEVER_REACHED,
  /// A group that nobody is in.
  GROUP_UNKNOWN,
  /// Longer idle than NIST SP 800-63B-4 AAL3 and PCI DSS 8.2.8 allow.
  IDLE_LONG,
  /// Longer than NIST SP 800-63B-4 AAL3 allows.
  ABSOLUTE_LONG,
  /// A touch that may be older than any session asks for nothing.
  TOUCH_POINTLESS,
  /// An upgraded connection that may live longer than the session that opened it.
  UPGRADE_OUTLASTS_SESSION,
  /// An SSH rule for keys that lie in files.
  SSH_KEYS_ANY,
  /// An SSH rule for which a one-time password is enough as a token.
  SSH_OTP_ALLOWED,
  /// An SSH connection that may live longer than the session that opened it.
  SSH_OUTLASTS_SESSION;

  /// The stable kebab-case code.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
