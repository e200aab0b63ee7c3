package io.parano.keys;

import java.util.Arrays;
import java.util.Optional;

/// What a key is for. One key serves one purpose.
public enum KeyPurpose {
  /// AES-256-GCM.
  SEALING(1),
  /// HMAC-SHA-256.
  TAGGING(2),
  /// Ed25519, for the audit log's checkpoints.
  LOG_SIGNING(3);

  private final byte code;

  KeyPurpose(int code) {
    this.code = (byte) code;
  }

  /// As it is written in the keyset file.
  byte code() {
    return code;
  }

  static Optional<KeyPurpose> of(byte code) {
    return Arrays.stream(values()).filter(purpose -> purpose.code == code).findFirst();
  }
}
