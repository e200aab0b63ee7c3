package io.parano.app;

import io.parano.audit.AddCheckpoint;
import io.parano.audit.Checkpoint;
import io.parano.audit.HashReader;
import io.parano.audit.Merkle;
import io.parano.audit.NoteSigner;
import io.parano.audit.Proofs;
import io.parano.audit.SignedNote;
import io.parano.kernel.Digest;
import java.util.List;

/// A log that is nothing but the hashes of its entries.
record Growing(List<Digest> leaves) implements HashReader {
  @Override
  public Digest hash(int level, long index) {
    return level == 0
        ? leaves.get((int) index)
        : Merkle.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
  }

  /// Asks for all of it to be cosigned, from the first `old`.
  AddCheckpoint request(long old, NoteSigner signer) {
    long size = leaves.size();
    String text = new Checkpoint(signer.name(), size, Proofs.root(size, this)).text();
    return new AddCheckpoint(
        old,
        old == 0 ? List.of() : Proofs.consistency(old, size, this),
        SignedNote.sign(text, signer));
  }
}
