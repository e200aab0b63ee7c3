package io.parano.identity;

import java.time.Instant;

/// Where a token stood when it was last used.
///
/// @param usage power-ups
/// @param session uses since power-up
/// @param timestamp the token's clock at `at`
/// @param nonce what the last request was called; empty where the protocol has none
public record OtpCounters(int usage, int session, int timestamp, Instant at, String nonce) {
  /// Whether `later` comes after this.
  public boolean before(OtpCounters later) {
    return usage != later.usage ? usage < later.usage : session < later.session;
  }
}
