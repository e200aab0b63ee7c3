package io.parano.access;

import io.parano.authn.AssertionResponse;
import io.parano.authn.PasswordRules;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;

/// A new password for somebody who keeps their token: touch first, then the password. Either of
/// one's own accord, signed in and giving the present one; or with the code that officers handed
/// over in person when they made the present one void. Whatever was granted before is over.
public interface SettingPassword {
  /// What a new password must be.
  PasswordRules.Settings rules();

  SigningIn.Begun beginChange(String bearer, IpAddress source);

  SigningIn.Begun beginReset(String name, Secret code, IpAddress source);

  SigningIn.Touched touchKey(String ceremony, AssertionResponse assertion, IpAddress source);

  /// @param present empty after [#beginReset], when there is none
  Chosen choose(String ceremony, Secret present, Secret chosen, IpAddress source);

  sealed interface Chosen {
    record Refused(Reason reason) implements Chosen {}

    /// The present one was wrong, or the new one can't be taken: the ceremony goes on.
    record Again(Reason reason) implements Chosen {}

    record Done() implements Chosen {}
  }
}
