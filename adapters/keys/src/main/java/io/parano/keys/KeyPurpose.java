package io.parano.keys;

import java.util.Arrays;
import java.util.Locale;
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
  SSH_HOSTS(5),
  /// HMAC-SHA-256, for what strangers are shown instead of somebody: it outlives a tagging key, or
  /// all strangers would change on one day and nobody else.
  DECOYS(6);

  private final byte number;

  KeyPurpose(int number) {
    this.number = (byte) number;
  }

  /// Whether a keyset without it is whole: those of before it was thought of have none.
  boolean optional() {
    return switch (this) {
      case SEALING, TAGGING, LOG_SIGNING -> false;
      case SSH_USERS, SSH_HOSTS, DECOYS -> true;
    };
  }

  /// Whether others hold the public half: then a newer key stands by until they have its half too,
  /// and the older one is retired.
  public boolean known() {
    return switch (this) {
      case SEALING, TAGGING, DECOYS -> false;
      case LOG_SIGNING, SSH_USERS, SSH_HOSTS -> true;
    };
  }

  /// As commands and the log call it: `log-signing`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The purpose that commands and the log call `code`.
  public static Optional<KeyPurpose> called(String code) {
    return Arrays.stream(values()).filter(purpose -> purpose.code().equals(code)).findFirst();
  }

  /// As it is written in the keyset file.
  byte number() {
    return number;
  }

  static Optional<KeyPurpose> of(byte number) {
    return Arrays.stream(values()).filter(purpose -> purpose.number == number).findFirst();
  }
}
