/// Both ends of the witness protocol (C2SP tlog-witness): the program that cosigns checkpoints on a
/// second machine, and the client that asks it from within the server.
///
/// It promises that a witness never cosigns a checkpoint that does not begin with all it cosigned
/// before, that what it cosigned is durable before anybody hears of it, and that a witness's bare
/// word refuses nothing: only a checkpoint under the log's own key does. It decides nothing about
/// the log itself. Start reading at [io.parano.witness.WitnessDesk] for the program and at
/// [io.parano.witness.Witnesses] for the client.
@NullMarked
package io.parano.witness;

import org.jspecify.annotations.NullMarked;
