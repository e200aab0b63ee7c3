package io.parano.app;

import io.parano.keys.KeyPurpose;
import io.parano.keys.Pkcs11Slot;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What may be done to a keyset while its server runs.
sealed interface KeyChange {
  /// Another passphrase.
  record Passphrase() implements KeyChange {}

  /// Both authorities' keys, to a keyset that was made before there were any.
  record SshAuthorities() implements KeyChange {}

  /// Behind a hardware module, or away from one.
  ///
  /// @param module null for a passphrase
  record Move(@Nullable Pkcs11Slot module) implements KeyChange {}

  /// A newer key, and whatever follows from it.
  record Rotate(KeyPurpose purpose) implements KeyChange {}

  /// Older keys go.
  record Retire(KeyPurpose purpose) implements KeyChange {}

  /// Why it was not done. The code is what commands find their words by.
  enum Refusal {
    UNKNOWN_KEY,
    NO_FILE,
    UNDER_WAY,
    PASSPHRASE_WRONG,
    PASSPHRASE_SHORT,
    MODULE_PIN,
    SAME_LOCK,
    NOT_OPENED,
    OTHER_KEYSET,
    NONE_OLDER,
    ALREADY_THERE,
    STANDING_BY,
    STILL_SEALED,
    STILL_CONFIGURED,
    TOO_SOON,
    FAILED;

    String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// It was not done.
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final transient Refusal refusal;

    Refused(Refusal refusal, String detail) {
      super(detail);
      this.refusal = refusal;
    }
  }

  /// The steps of a change, in their order; each may be the last before a process dies.
  enum Step {
    RECORDED,
    KEY_WRITTEN,
    IN_USE,
    SEALED_ANEW,
    ROWS_TAGGED,
    COUNTERSIGNED,
    OLDER_DROPPED,
    DONE
  }

  /// How commands and the log call what it is about.
  default String subject() {
    return switch (this) {
      case Passphrase _ -> "passphrase";
      case Move _ -> "lock";
      case SshAuthorities _ -> "ssh";
      case Rotate(KeyPurpose purpose) -> purpose.code();
      case Retire(KeyPurpose purpose) -> purpose.code();
    };
  }

  static Optional<KeyChange> rotation(String kind) {
    return switch (kind) {
      case "passphrase" -> Optional.of(new Passphrase());
      case "ssh" -> Optional.of(new SshAuthorities());
      default -> key(kind).map(Rotate::new);
    };
  }

  static Optional<KeyChange> retirement(String kind) {
    return key(kind).map(Retire::new);
  }

  /// @param library empty for a passphrase
  static KeyChange move(String library, String slot, String key) {
    return new Move(
        library.isEmpty() ? null : new Pkcs11Slot(Path.of(library), Integer.parseInt(slot), key));
  }

  private static Optional<KeyPurpose> key(String kind) {
    return KeyPurpose.called(kind).filter(purpose -> purpose != KeyPurpose.LOG_NAME);
  }
}
