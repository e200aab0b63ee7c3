/// The vocabulary of the house: typed ids, [io.parano.kernel.Secret], addresses and prefixes, the
/// closed list of [io.parano.kernel.Reason]s, canonical bytes, and the ports through which
/// randomness and sealing arrive.
///
/// It promises values only: immutable, without clock, thread, file or socket. It refuses to know
/// any other module. Start reading at [io.parano.kernel.Reason].
package io.parano.kernel;
