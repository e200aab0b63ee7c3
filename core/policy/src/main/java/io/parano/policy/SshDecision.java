package io.parano.policy;

import io.parano.kernel.Reason;
import org.jspecify.annotations.Nullable;

/// Whether somebody may have an SSH certificate. From the most refusing to the most allowing.
public sealed interface SshDecision {
  /// @param rule the one that came nearest; null when none speaks of those hosts
  record Refused(Reason reason, @Nullable String rule) implements SshDecision {}

  record Allowed(SshRule rule) implements SshDecision {}
}
