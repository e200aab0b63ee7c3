package io.parano.access;

import io.parano.authn.RegistrationResponse;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.time.Duration;
import java.util.List;

/// Registering a token with the one-time code that an officer handed over in person.
public interface Enrolling {
  Begun begin(String name, Secret code, IpAddress source);

  /// @param password the new password when the options said so, else the present one
  /// @param label what the person calls the token
  Finished finish(
      String ceremony,
      RegistrationResponse response,
      Secret password,
      String label,
      IpAddress source);

  sealed interface Begun {
    record Refused(Reason reason) implements Begun {}

    /// What `navigator.credentials.create` needs.
    ///
    /// @param algorithms COSE algorithm numbers, preferred first
    /// @param exclude the person's other tokens
    /// @param setsPassword whether a new password is chosen, or the present one given
    record Options(
        String ceremony,
        Bytes challenge,
        Bytes userHandle,
        String name,
        String displayName,
        List<Integer> algorithms,
        List<Bytes> exclude,
        boolean setsPassword,
        Duration timeout)
        implements Begun {}
  }

  sealed interface Finished {
    record Refused(Reason reason) implements Finished {}

    /// The token was good but not the password: choose or give another, with the same ceremony and
    /// response.
    record Again(Reason reason) implements Finished {}

    record Enrolled(String model) implements Finished {}
  }
}
