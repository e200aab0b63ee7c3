package io.parano.radiuspacket;

import io.parano.kernel.Bytes;
import io.parano.kernel.Secret;
import java.util.Arrays;

/// How a password travels (RFC 2865 section 5.2): filled up with zeros to whole blocks, each masked
/// with the one before.
final class HiddenPassword {
  private static final int BLOCK = 16;
  static final int MOST = 128;

  private HiddenPassword() {}

  /// Throws [IllegalArgumentException] beyond 128 octets.
  static Bytes hide(Secret password, byte[] authenticator, SharedSecret secret) {
    if (password.length() > MOST) {
      throw new IllegalArgumentException("expected at most " + MOST + " octets of password");
    }
    byte[] plain = password.copy();
    int length = Math.max(BLOCK, (plain.length + BLOCK - 1) / BLOCK * BLOCK);
    byte[] hidden = Arrays.copyOf(plain, length);
    Arrays.fill(plain, (byte) 0);
    for (int at = 0; at < length; at += BLOCK) {
      byte[] mask = at == 0 ? secret.mask(authenticator, 0) : secret.mask(hidden, at - BLOCK);
      for (int i = 0; i < BLOCK; i++) {
        hidden[at + i] ^= mask[i];
      }
    }
    return Bytes.of(hidden);
  }

  static Password reveal(Bytes value, byte[] authenticator, SharedSecret secret) {
    byte[] hidden = value.copy();
    if (hidden.length == 0 || hidden.length > MOST || hidden.length % BLOCK != 0) {
      return new Password.Malformed();
    }
    byte[] plain = new byte[hidden.length];
    for (int at = 0; at < hidden.length; at += BLOCK) {
      byte[] mask = at == 0 ? secret.mask(authenticator, 0) : secret.mask(hidden, at - BLOCK);
      for (int i = 0; i < BLOCK; i++) {
        plain[at + i] = (byte) (hidden[at + i] ^ mask[i]);
      }
    }
    int end = plain.length;
    while (end > 0 && plain[end - 1] == 0) {
      end--;
    }
    byte[] told = Arrays.copyOf(plain, end);
    Arrays.fill(plain, (byte) 0);
    Secret password = Secret.of(told);
    Arrays.fill(told, (byte) 0);
    return new Password.Given(password);
  }
}
