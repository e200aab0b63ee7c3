/// The use cases that cross the core: sign in, pass, step up, enrol, approve, cut. One class, one
/// public method each. The world is reached through the interfaces here; nothing is opened. Start
/// reading at [io.parano.access.Ledger].
package io.parano.access;
