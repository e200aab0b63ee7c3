package io.parano.app;

import io.parano.audit.NoteSigner;
import io.parano.keys.LogSigner;

/// The keyset's log key, under the log's name.
record OriginSigner(String name, LogSigner signer) implements NoteSigner {
  @Override
  public byte[] publicKey32() {
    return signer.publicKey32();
  }

  @Override
  public byte[] sign(byte[] message) {
    return signer.sign(message);
  }
}
