package io.parano.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest implements LedgerContract {
  @TempDir Path folder;
  private @Nullable LogOnDisk log;

  @Override
  public StoreUnderTest store() {
    LogOnDisk present = log;
    if (present == null) {
      present = new LogOnDisk(folder);
      log = present;
    }
    return present;
  }
}
