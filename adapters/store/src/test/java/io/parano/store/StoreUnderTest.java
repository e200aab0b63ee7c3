package io.parano.store;

import io.parano.access.State;

/// What a contract test is given: one store, empty at first, that can be opened again and again.
interface StoreUnderTest {
  Opening tryOpen();

  /// Opens a log that must open.
  Opened open();

  record Opened(SqlLedger ledger, AuditReader reader, State state) implements AutoCloseable {
    @Override
    public void close() {
      ledger.close();
    }
  }
}
