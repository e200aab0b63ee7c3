package io.parano.access;

import io.parano.identity.Person;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What stands for the first of the three levels where somebody comes in.
@FunctionalInterface
interface FirstLevel {
  /// Why `person` does not have it; null when they do.
  ///
  /// @param person null for a name that nobody has
  @Nullable Reason refusal(@Nullable Person person, IpAddress source, Instant now);
}
