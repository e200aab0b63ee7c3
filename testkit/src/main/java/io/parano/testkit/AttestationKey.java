package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;

/// A batch's attestation key and its certificates, leaf first, root left out, as makers burn them
/// into every key of a batch.
public final class AttestationKey {
  private final KeyAlgorithm algorithm;
  private final KeyPair keys;
  private final List<Bytes> certificates;

  AttestationKey(KeyAlgorithm algorithm, KeyPair keys, List<Bytes> certificates) {
    this.algorithm = algorithm;
    this.keys = keys;
    this.certificates = List.copyOf(certificates);
  }

  /// What goes into `x5c`.
  public List<Bytes> certificates() {
    return certificates;
  }

  /// The same key presenting other certificates.
  public AttestationKey presenting(List<Bytes> others) {
    return new AttestationKey(algorithm, keys, others);
  }

  KeyAlgorithm algorithm() {
    return algorithm;
  }

  KeyPair keys() {
    return keys;
  }

  Bytes sign(SecureRandom random, byte[]... message) {
    return algorithm.sign(keys.getPrivate(), random, message);
  }
}
