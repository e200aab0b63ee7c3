package io.parano.app;

import io.parano.access.State;
import io.parano.store.AuditReader;
import io.parano.store.SqlLedger;

/// An open log: where it is written, where it is read, what it holds, and who watches it.
record OpenLog(SqlLedger ledger, AuditReader reader, State state, WitnessWatch watch) {}
