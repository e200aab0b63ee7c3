package io.parano.keys;

import io.parano.kernel.Secret;
import io.parano.sshcert.Signer;
import io.parano.sshcert.SshKey;

/// An SSH authority's key. By Bouncy Castle, as [LogSigner], whose speed a login with a certificate
/// for each of many hosts needs.
public final class SshSigner implements Signer {
  private final LogSigner key;
  private final SshKey publicKey;

  SshSigner(Secret seed) {
    this.key = new LogSigner(seed);
    this.publicKey = SshKey.ed25519(key.publicKey32());
  }

  @Override
  public SshKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    return key.sign(message);
  }
}
