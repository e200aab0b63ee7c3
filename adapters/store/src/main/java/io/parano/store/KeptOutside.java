package io.parano.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Where the newest signed checkpoint is kept out of the database's reach, so that a database put
/// back from an older day is noticed.
public interface KeptOutside {
  /// The newest one; empty when there was never any.
  Optional<String> newest() throws IOException;

  /// Keeps `note` as the newest. When this returns it survives a crash.
  void keep(String note, Instant at) throws IOException;
}
