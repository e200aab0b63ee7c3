package io.parano.access;

import io.parano.sshcert.Signer;
import io.parano.sshcert.SshKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/// An authority of its own, which counts.
final class TestSigner implements Signer {
  private final KeyPair pair;
  private int signed;

  TestSigner() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  int signed() {
    return signed;
  }

  @Override
  public SshKey publicKey() {
    byte[] encoded = pair.getPublic().getEncoded();
    return SshKey.ed25519(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
  }

  @Override
  public byte[] sign(byte[] message) {
    signed++;
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
