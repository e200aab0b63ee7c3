package io.parano.app;

import io.parano.audit.NoteSigner;
import io.parano.audit.WatchedLog;
import io.parano.store.AuditReader;
import io.parano.store.SqlLedger;
import java.time.Instant;

/// An open log: where it is written, where it is read, and who watches it.
record OpenLog(SqlLedger ledger, AuditReader reader, WitnessWatch watch) {
  /// Goes on as the log of `newer` alone. Whoever reads comes first: until the end, notes bear both
  /// signatures.
  SqlLedger.Checkpointed follow(NoteSigner newer, Instant now) {
    watch.follow(new StoredLogView(new WatchedLog(newer.name(), newer.key()), reader));
    reader.follow(newer.key());
    return ledger.signByAlone(newer, now);
  }
}
