package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.List;

/// A batch's attestation key and its certificates, leaf first, root left out, as makers burn them
/// into every key of a batch.
public final class AttestationKey {
  private final KeyAlgorithm algorithm;
  private final Bytes publicKey;
  private final PrivateKey privateKey;
  private final List<Bytes> certificates;

  AttestationKey(
      KeyAlgorithm algorithm, Bytes publicKey, PrivateKey privateKey, List<Bytes> certificates) {
    this.algorithm = algorithm;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.certificates = List.copyOf(certificates);
  }

  /// What goes into `x5c`.
  public List<Bytes> certificates() {
    return certificates;
  }

  /// The same key presenting other certificates.
  public AttestationKey presenting(List<Bytes> others) {
    return new AttestationKey(algorithm, publicKey, privateKey, others);
  }

  KeyAlgorithm algorithm() {
    return algorithm;
  }

  Bytes publicKey() {
    return publicKey;
  }

  Bytes privateKey() {
    return Bytes.of(privateKey.getEncoded());
  }

  Bytes sign(SecureRandom random, byte[]... message) {
    return algorithm.sign(privateKey, random, message);
  }
}
