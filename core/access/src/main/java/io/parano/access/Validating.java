package io.parano.access;

import io.parano.kernel.IpAddress;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// What a machine that was admitted asks through its door: does this one-time password count?
/// (Yubico, Validation protocol 2.0.)
///
/// The whole answer is made and signed here, not at the door: a door that was taken over can't say
/// that something counts which does not.
public interface Validating {
  Response validate(Request request);

  /// @param client the number that the machine says it has
  /// @param otp what somebody typed
  /// @param nonce what the machine calls this question
  /// @param wantsCounters whether it asks what the token's counters say
  /// @param signed every parameter but the signature, decoded
  /// @param signature as it came; empty when it is missing
  record Request(
      long client,
      String otp,
      String nonce,
      boolean wantsCounters,
      SortedMap<String, String> signed,
      String signature,
      IpAddress source) {
    private static final Pattern NONCE = Pattern.compile("[0-9A-Za-z]{16,40}");

    /// Wider than what can be one, so that a slip of the finger gets a signed answer too.
    private static final Pattern OTP = Pattern.compile("[0-9A-Za-z.]{1,64}");

    /// What is echoed is signed with the rest, and nothing marks where it ends: with `&` and `=` in
    /// it, a signature over one answer would hold for another.
    public Request {
      if (!nonce(nonce) || !otp(otp)) {
        throw new IllegalArgumentException(
            "expected 16 to 40 letters and digits as the nonce, and 1 to 64 as the one-time password");
      }
    }

    /// Without the one-time password, which may still be good.
    @Override
    public String toString() {
      return "Request[client=" + client + ", source=" + source + "]";
    }

    public static boolean nonce(String text) {
      return NONCE.matcher(text).matches();
    }

    public static boolean otp(String text) {
      return OTP.matcher(text).matches();
    }
  }

  /// @param lines names and values, the signature not among them
  /// @param signature empty for somebody with whom we share no key
  record Response(SortedMap<String, String> lines, String signature) {
    /// The status alone.
    @Override
    public String toString() {
      return "Response[" + lines.get("status") + "]";
    }
  }
}
