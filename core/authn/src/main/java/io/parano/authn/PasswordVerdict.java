package io.parano.authn;

import io.parano.kernel.Language;
import io.parano.kernel.Reason;

/// Whether a new password may be taken, from the most refusing to the most allowing.
public sealed interface PasswordVerdict {
  /// @param advice what to tell the person
  /// @param limit the number of characters that the advice speaks of, or 0
  record Refused(Reason reason, PasswordAdvice advice, int limit) implements PasswordVerdict {
    /// The advice in words.
    public String text(Language language) {
      return advice.text(language, limit);
    }
  }

  /// Too many verifications are waiting to compare it with earlier passwords; ask again.
  record Busy() implements PasswordVerdict {}

  record Accepted() implements PasswordVerdict {}
}
