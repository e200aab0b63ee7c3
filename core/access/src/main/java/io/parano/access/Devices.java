package io.parano.access;

import io.parano.kernel.IpAddress;
import io.parano.kernel.PersonId;
import org.jspecify.annotations.Nullable;

/// Whose enrolled device holds an address now: a leased zone counts for that person alone.
@FunctionalInterface
public interface Devices {
  /// No device is enrolled yet: leased zones count for nobody.
  Devices NONE = source -> null;

  /// Null where there is no telling.
  @Nullable PersonId holder(IpAddress source);
}
