/// The offline verifier: reads an export of the log, compares it with signed checkpoints that were
/// kept elsewhere, and says what was done to it. It asks the server nothing and trusts nothing of
/// it but the public key it is given. Start reading at [io.parano.verifier.Verification].
@NullMarked
package io.parano.verifier;

import org.jspecify.annotations.NullMarked;
