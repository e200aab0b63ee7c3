package io.parano.authn;

import io.parano.kernel.Secret;

/// The passwords that a person had, as something that can only be asked
/// ([Passwords#earlier(java.util.List)]).
@FunctionalInterface
public interface Earlier {
  /// Somebody who had none.
  Earlier NONE = candidate -> new PasswordOutcome.Wrong();

  /// Right when the candidate is one of them.
  PasswordOutcome verify(Secret candidate);
}
