package io.parano.store;

import io.parano.audit.Entry;
import io.parano.audit.Event;
import io.parano.audit.Merkle;
import io.parano.kernel.Digest;
import io.parano.kernel.Randomness;
import org.jspecify.annotations.Nullable;

/// An entry made for one place in the log, and hashed. When it comes to stand elsewhere it is made
/// anew: the place is part of what is hashed.
@SuppressWarnings("ArrayRecordComponent") // on its way into columns
record Draft(long index, byte[] leaf, Digest hash, byte[] salt, byte @Nullable [] personal) {
  private static final int SALT_LENGTH = 32;

  static Draft of(Event event, long index, Randomness randomness) {
    Entry entry = Entry.of(event, index, randomness.bytes(SALT_LENGTH));
    byte[] leaf = entry.leaf();
    return new Draft(index, leaf, Merkle.leaf(leaf), entry.salt(), entry.personal());
  }
}
