package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;

/// The three levels at a terminal, where nothing can be touched: the one-time password that a token
/// types, then the password, from a listed source. For a certificate alone, where a rule takes it.
public interface Showing {
  /// The one-time password is looked at first, so that guessing a password takes a token here too;
  /// a genuine one is used up whatever else is wrong.
  ///
  /// @param hosts for which group of hosts a certificate is wanted
  Shown show(String name, String otp, Secret password, String hosts, IpAddress source);

  /// From the most refusing to the most allowing.
  sealed interface Shown {
    record Refused(Reason reason) implements Shown {}

    record Three(Proof proof) implements Shown {}
  }

  /// That somebody showed three levels, for those hosts, just now. Only what looked at them makes
  /// one.
  sealed interface Proof permits ShownAtTerminal {}
}
