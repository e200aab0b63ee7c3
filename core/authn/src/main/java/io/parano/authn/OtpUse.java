package io.parano.authn;

import java.time.Instant;

/// How far a token's counters have come.
///
/// @param usage power-ups, 0 to 32767; -1 before the first use
/// @param session uses since power-up, 0 to 255
/// @param timestamp the token's own clock when it was right about the time, 24 bits at about 8 Hz
/// @param at our clock at the same moment
/// @param nonce what the asking party called its request; empty where the protocol has none
public record OtpUse(int usage, int session, int timestamp, Instant at, String nonce) {
  /// A token that was never used: whatever it says first is later.
  public static final OtpUse NEVER = new OtpUse(-1, 0, 0, Instant.EPOCH, "");

  boolean before(int usage, int session) {
    return this.usage != usage ? this.usage < usage : this.session < session;
  }

  boolean at(int usage, int session) {
    return this.usage == usage && this.session == session;
  }
}
