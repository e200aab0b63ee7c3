package io.parano.policy;

import io.parano.kernel.Reason;
import org.jspecify.annotations.Nullable;

/// Whether somebody may have a tunnel. From the most refusing to the most allowing.
public sealed interface VpnDecision {
  /// @param rule the one that came nearest; null when none speaks of that server
  record Refused(Reason reason, @Nullable String rule) implements VpnDecision {}

  record Allowed(VpnRule rule) implements VpnDecision {}
}
