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
  LOG_SIGNING(3),
  /// Ed25519, for the SSH certificates of people.
  SSH_USERS(4),
  /// Ed25519, for the SSH certificates of hosts.
  SSH_HOSTS(5);

  private final byte code;

  KeyPurpose(int code) {
    this.code = (byte) code;
  }

  /// Whether a keyset without it is whole: those of before it was thought of have none.
  boolean optional() {
    return this == SSH_USERS || this == SSH_HOSTS;
  }

  /// As it is written in the keyset file.
  byte code() {
    return code;
  }

  static Optional<KeyPurpose> of(byte code) {
    return Arrays.stream(values()).filter(purpose -> purpose.code == code).findFirst();
  }
}
