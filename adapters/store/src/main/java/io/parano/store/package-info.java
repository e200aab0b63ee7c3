/// The durable store: one SQLite file, or a PostgreSQL database, that holds the log and the state
/// that it tells of, written by one thread in groups, each durable before anybody goes on.
///
/// It promises that an event and its changes are on the disk together or not at all, that what
/// takes away survives a full disk in a reserve, and that a log which was truncated, edited or put
/// back from an older day, and rows that somebody else wrote, are noticed before anything is
/// granted. It refuses to decide, to sign with a key of its own, and to be opened twice. Start
/// reading at [io.parano.store.SqliteLog].
@NullMarked
package io.parano.store;

import org.jspecify.annotations.NullMarked;
