package io.parano.interop;

import io.parano.kernel.Secret;
import io.parano.store.PostgresAddress;
import io.parano.testkit.RealPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// In which store the servers of this run's tests keep log and state.
final class TestStore {
  private TestStore() {}

  /// An empty database; null where they keep them in files.
  static @Nullable PostgresAddress next() throws IOException {
    return RealPostgres.isAsked()
        ? new PostgresAddress(
            RealPostgres.shared().database(),
            RealPostgres.USER,
            Secret.ofText(RealPostgres.PASSWORD),
            null)
        : null;
  }
}
