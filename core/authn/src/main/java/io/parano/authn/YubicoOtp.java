package io.parano.authn;

import io.parano.kernel.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// Whether a one-time password of Yubico's is genuine and new (Yubico, "Yubico OTP" and "Validation
/// protocol 2.0"). The order is the reference server's: cipher, private id, counters, clocks.
public final class YubicoOtp {
  /// A token whose usage counter has come to its end makes no new counters any more.
  private static final int WORN_OUT = 0x7fff;

  /// The token's clock: 24 bits at about 8 Hz, a turn in some 24 days.
  private static final long TURN = 1L << 24;

  private static final long HERTZ = 8;

  /// The reference server's tolerances: 20 seconds, or 0.3 of the time since the last one.
  private static final long TOLERANCE_MILLIS = 20_000;

  private static final double TOLERANCE_SHARE = 0.3;

  private YubicoOtp() {}

  /// @param last how far the token had come; the caller sees to it that nobody else is asking about
  ///   the same token meanwhile
  /// @param nonce what the asking party calls this request; empty where the protocol has none
  public static OtpOutcome verify(
      OtpText otp, OtpSeed seed, OtpUse last, String nonce, Instant now) {
    byte[] block = seed.decipher(otp.block());
    OtpFields fields = OtpFields.of(block);
    Arrays.fill(block, (byte) 0);
    if (fields.crc() != Crc16.RESIDUE) {
      return new OtpOutcome.Refused(Reason.OTP_UNDECIPHERABLE);
    }
    if (!fields.privateId().matches(seed.privateId())) {
      return new OtpOutcome.Refused(Reason.OTP_PRIVATE_ID_MISMATCH);
    }
    if (fields.usage() == WORN_OUT) {
      return new OtpOutcome.Refused(Reason.OTP_TOKEN_WORN_OUT);
    }
    if (last.at(fields.usage(), fields.session())
        && !nonce.isEmpty()
        && nonce.equals(last.nonce())) {
      return new OtpOutcome.Refused(Reason.OTP_REQUEST_REPLAYED);
    }
    return last.before(fields.usage(), fields.session())
        ? timed(fields, last, nonce, now)
        : new OtpOutcome.Refused(Reason.OTP_REPLAYED);
  }

  /// Within one power-up the token's clock must have gone on as ours did.
  private static OtpOutcome timed(OtpFields fields, OtpUse last, String nonce, Instant now) {
    if (fields.usage() == last.usage()) {
      // When our own clock went back, no time has passed as far as we can tell.
      long elapsed = Math.max(0, Duration.between(last.at(), now).toMillis());
      long late = apart(fields.timestamp() - last.timestamp(), elapsed);
      if (late > TOLERANCE_MILLIS && late > TOLERANCE_SHARE * elapsed) {
        return new OtpOutcome.Delayed(
            new OtpUse(fields.usage(), fields.session(), last.timestamp(), last.at(), nonce),
            Duration.ofMillis(late));
      }
    }
    return new VerifiedOtp(
        new OtpUse(fields.usage(), fields.session(), fields.timestamp(), now, nonce));
  }

  /// Milliseconds between what the token's clock and ours went on, on a clock that turns.
  private static long apart(int ticks, long elapsedMillis) {
    long ahead = Math.floorMod(ticks - (elapsedMillis * HERTZ) / 1000, TURN);
    return Math.min(ahead, TURN - ahead) * 1000 / HERTZ;
  }
}
