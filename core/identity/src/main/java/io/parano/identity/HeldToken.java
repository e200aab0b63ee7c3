package io.parano.identity;

import io.parano.kernel.Factor;
import org.jspecify.annotations.Nullable;

/// The token of one id as it stands now, as [Member] is of a person: either kind, and neither while
/// nobody knows it.
public final class HeldToken {
  private volatile @Nullable Authenticator authenticator;
  private volatile @Nullable OtpToken otpToken;

  /// None, until [#become].
  public HeldToken() {}

  public @Nullable Authenticator authenticator() {
    return authenticator;
  }

  public @Nullable OtpToken otpToken() {
    return otpToken;
  }

  public void become(Authenticator token) {
    authenticator = token;
  }

  public void become(OtpToken token) {
    otpToken = token;
  }

  /// By what it is shown; the weaker, should nobody know it.
  public Factor factor() {
    return authenticator != null ? Factor.TOUCH : Factor.OTP;
  }
}
