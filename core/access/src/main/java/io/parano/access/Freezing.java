package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;

/// Somebody who has lost their token takes their own access away, by the two levels that are left:
/// a listed source, and the password.
public interface Freezing {
  Frozen freeze(String name, Secret password, IpAddress source);

  sealed interface Frozen {
    /// Nothing was taken away. [Reason#PASSWORD_WRONG] also for names that nobody has.
    record Refused(Reason reason) implements Frozen {}

    /// Nothing passes for them any more, whether or not it was so before.
    record Done() implements Frozen {}
  }
}
