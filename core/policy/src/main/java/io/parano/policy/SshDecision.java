package io.parano.policy;

import io.parano.kernel.Factor;
import io.parano.kernel.Reason;
import org.jspecify.annotations.Nullable;

/// Whether somebody may have an SSH certificate. From the most refusing to the most allowing.
public sealed interface SshDecision {
  /// @param rule the one that came nearest; null when none speaks of those hosts
  record Refused(Reason reason, @Nullable String rule) implements SshDecision {}

  record Allowed(SshRule rule) implements SshDecision {}

  /// The same for somebody who showed their token by `factor`.
  default SshDecision shownBy(Factor factor) {
    return switch (this) {
      case Refused refused -> refused;
      case Allowed(var rule) ->
          switch (factor) {
            case OTP ->
                rule.token() == SshRule.Token.OTP_ALLOWED
                    ? this
                    : new Refused(Reason.OTP_NOT_ALLOWED, rule.name());
            case TOUCH -> this;
          };
    };
  }
}
