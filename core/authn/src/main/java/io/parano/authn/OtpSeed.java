package io.parano.authn;

import io.parano.kernel.Secret;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// What a token and we share: its AES-128 key and its private id. Whoever has it can make its
/// one-time passwords, so that it is kept sealed and open for one verification only.
public final class OtpSeed implements AutoCloseable {
  static final int KEY_LENGTH = 16;
  static final int PRIVATE_ID_LENGTH = 6;
  static final int LENGTH = KEY_LENGTH + PRIVATE_ID_LENGTH;

  private final Secret bytes;

  private OtpSeed(Secret bytes) {
    this.bytes = bytes;
  }

  /// @param bytes the key, then the private id, as [#bytes()] gave them; this owns them from now on
  public static OtpSeed of(Secret bytes) {
    if (bytes.length() != LENGTH) {
      throw new IllegalArgumentException("a seed has " + LENGTH + " bytes, not " + bytes.length());
    }
    return new OtpSeed(bytes);
  }

  /// The form in which it is sealed; wiped with this seed.
  public Secret bytes() {
    return bytes;
  }

  /// One block of AES-128, which is what the token made: there is no mode to choose.
  @SuppressWarnings("InsecureCryptoUsage")
  byte[] decipher(byte[] block) {
    byte[] seed = bytes.copy();
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(seed, 0, KEY_LENGTH, "AES"));
      return aes.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  Secret privateId() {
    byte[] seed = bytes.copy();
    byte[] id = Arrays.copyOfRange(seed, KEY_LENGTH, LENGTH);
    try {
      return Secret.of(id);
    } finally {
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(id, (byte) 0);
    }
  }

  /// Nothing of it.
  @Override
  public String toString() {
    return "OtpSeed[…]";
  }

  @Override
  public void close() {
    bytes.wipe();
  }
}
