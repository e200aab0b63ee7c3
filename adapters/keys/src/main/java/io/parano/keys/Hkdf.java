package io.parano.keys;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// HKDF-SHA-256 (RFC 5869), from the JDK: keys of their own from one key, told apart by a purpose.
final class Hkdf {
  private Hkdf() {}

  static byte[] derive(byte[] key, byte[] salt, byte[] purpose, int length) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(purpose, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 is in every Java platform since 25", e);
    }
  }
}
