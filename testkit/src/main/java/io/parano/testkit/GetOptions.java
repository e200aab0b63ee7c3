package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.util.List;

/// What a page passes to `navigator.credentials.get`, and which page it is.
///
/// @param origin the page's own origin, such as `https://auth.example`
/// @param allow the credentials that may answer; empty asks for any discoverable one
/// @param userVerification whether the PIN is asked for
public record GetOptions(
    String origin, String rpId, Bytes challenge, List<Bytes> allow, boolean userVerification) {
  public GetOptions {
    allow = List.copyOf(allow);
  }

  /// With PIN.
  public static GetOptions of(String origin, String rpId, Bytes challenge, List<Bytes> allow) {
    return new GetOptions(origin, rpId, challenge, allow, true);
  }

  public GetOptions withoutUserVerification() {
    return new GetOptions(origin, rpId, challenge, allow, false);
  }
}
