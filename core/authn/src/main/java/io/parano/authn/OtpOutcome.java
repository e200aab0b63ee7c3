package io.parano.authn;

import io.parano.kernel.Reason;
import java.time.Duration;

/// How a one-time password was found, from the most refusing to the most allowing.
public sealed interface OtpOutcome {
  record Refused(Reason reason) implements OtpOutcome {}

  /// The token made it, but not now: somebody kept it back. It is refused, and used up.
  ///
  /// @param use the counters to store; the clocks stay as they were, for they were right
  /// @param late by how much the clocks disagree
  record Delayed(OtpUse use, Duration late) implements OtpOutcome {}

  /// Made by the token, and later than every one seen before. It counts once [#use] is durable, and
  /// not before. Only [YubicoOtp] makes one.
  sealed interface Accepted extends OtpOutcome permits VerifiedOtp {
    /// The counters to store.
    OtpUse use();
  }
}
