package io.parano.app;

import io.parano.audit.NoteSigner;
import io.parano.keys.Keyset;
import io.parano.keys.LogSigner;
import java.util.List;

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

  /// All keys that sign the log, the one that verifiers have first.
  static List<NoteSigner> all(String origin, Keyset keyset) {
    return keyset.logSigners().stream()
        .<NoteSigner>map(signer -> new OriginSigner(origin, signer))
        .toList();
  }
}
