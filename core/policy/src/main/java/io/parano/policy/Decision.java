package io.parano.policy;

import io.parano.kernel.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The answer to a [Question]. There is no boolean form. From the most refusing to the most
/// allowing.
public sealed interface Decision {
  /// @param rule the rule that decided or came nearest; null when none speaks of the resource
  record Refused(Reason reason, @Nullable String rule) implements Decision {}

  /// Somebody must sign in before a rule can be found for them.
  record SignInNeeded(String rule) implements Decision {}

  /// The rule wants a touch younger than `freshness`.
  record TouchNeeded(String rule, Duration freshness) implements Decision {}

  /// @param upgradeLife how long an upgraded connection may live; null when the request is no
  ///   upgrade
  record Allowed(String rule, @Nullable Duration upgradeLife) implements Decision {}
}
