package io.parano.app;

import io.parano.store.AuditReader;
import io.parano.store.SqlLedger;

/// An open log: where it is written, where it is read, and who watches it.
record OpenLog(SqlLedger ledger, AuditReader reader, WitnessWatch watch) {}
