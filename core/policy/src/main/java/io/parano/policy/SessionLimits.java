package io.parano.policy;

import java.time.Duration;

/// How long sessions live (NIST SP 800-63B-4 AAL3: at most 12 hours, 15 minutes idle).
public record SessionLimits(Duration idle, Duration absolute) {
  public static final SessionLimits DEFAULT =
      new SessionLimits(Duration.ofMinutes(15), Duration.ofHours(12));
}
