package io.parano.access;

import java.time.Duration;
import java.util.Set;

/// What the use cases must know of the set-up.
///
/// @param signInHost the host of the sign-in pages, where portal sessions live
/// @param protectedHosts the hosts behind believed proxies
/// @param sharedCookie whether a portal session's cookie is shown to protected hosts too (the named
///   weaker set-up)
/// @param companyWords words that no password may consist of, such as the company's name
public record GateSettings(
    String signInHost, Set<String> protectedHosts, boolean sharedCookie, Set<String> companyWords) {
  /// How long a ceremony may take (WebAuthn Level 3 section 15.1 recommends 5 to 10 minutes).
  static final Duration CEREMONY = Duration.ofMinutes(5);

  /// How long a one-time code for a host lives: a redirect's time.
  static final Duration HOST_CODE = Duration.ofMinutes(1);

  /// How long an enrolment code lives (NIST SP 800-63B-4: at most 10 minutes).
  static final Duration ENROLMENT = Duration.ofMinutes(10);

  /// How long a sealed code may lie in its envelope: once a year somebody looks.
  static final Duration SEALED_CODE = Duration.ofDays(366);

  /// How long a token may be enrolled after the glass was broken.
  static final Duration BROKEN_GLASS = Duration.ofMinutes(30);

  /// How long the officers are told of it.
  static final Duration GLASS_NOTE = Duration.ofDays(90);

  /// How long a proposal waits for officers.
  static final Duration PROPOSAL = Duration.ofHours(24);

  public GateSettings {
    protectedHosts = Set.copyOf(protectedHosts);
    companyWords = Set.copyOf(companyWords);
  }
}
