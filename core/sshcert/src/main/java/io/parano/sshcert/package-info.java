/// What OpenSSH reads and writes about keys, as values: public keys and private key files
/// (PROTOCOL.key), certificates (PROTOCOL.certkeys), revocation lists (PROTOCOL.krl), detached
/// signatures (PROTOCOL.sshsig) and what its agent is told.
///
/// Reading is strict: bytes that could be written in another way, or that mean nothing here, are
/// refused with the [io.parano.sshcert.Flaw] that they have, and no exception. It makes no
/// signature itself: a [io.parano.sshcert.Signer] does, and holds the key. It refuses to know who
/// may have a certificate. Start reading at [io.parano.sshcert.Certificate].
package io.parano.sshcert;
