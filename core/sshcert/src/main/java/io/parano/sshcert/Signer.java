package io.parano.sshcert;

/// What holds an authority's private key (Ed25519) and signs with it.
public interface Signer {
  SshKey publicKey();

  /// 64 bytes over `message`.
  byte[] sign(byte[] message);
}
