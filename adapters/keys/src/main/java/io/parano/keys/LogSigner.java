package io.parano.keys;

import io.parano.kernel.Secret;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Signs the audit log's checkpoints by Ed25519 (RFC 8032). By Bouncy Castle: the JDK's own takes
/// twenty times as long, and the log signs after every group of entries.
public final class LogSigner {
  private final Ed25519PrivateKeyParameters key;
  private final byte[] publicKey;

  LogSigner(Secret seed) {
    byte[] bytes = seed.copy();
    this.key = new Ed25519PrivateKeyParameters(bytes);
    this.publicKey = key.generatePublicKey().getEncoded();
    Arrays.fill(bytes, (byte) 0);
  }

  /// The raw public key.
  public byte[] publicKey32() {
    return publicKey.clone();
  }

  /// 64 bytes.
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return signature;
  }
}
