package io.parano.app;

import io.parano.app.KeyChange.Refusal;
import io.parano.kernel.Secret;
import io.parano.keys.KeysetHome;
import io.parano.keys.Pkcs11Slot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a keyset file is to be behind.
final class KeyLock {
  private KeyLock() {}

  /// Another passphrase where it is. Throws [KeyChange.Refused].
  static KeysetHome renewed(KeysetHome home, Secret fresh) {
    if (home.module() != null) {
      throw new KeyChange.Refused(Refusal.MODULE_PIN, "");
    }
    return longEnough(home, fresh);
  }

  /// Behind a module, another one, or away from it. Throws [KeyChange.Refused].
  ///
  /// @param fresh the PIN, or the passphrase where there is no module
  static KeysetHome moved(KeysetHome home, @Nullable Pkcs11Slot module, Secret fresh) {
    if (Objects.equals(home.module(), module)) {
      throw new KeyChange.Refused(Refusal.SAME_LOCK, "");
    }
    KeysetHome next = new KeysetHome(home.file(), module);
    return module == null ? longEnough(next, fresh) : next;
  }

  /// As the log calls it.
  static String of(@Nullable Pkcs11Slot module) {
    return module == null ? "passphrase" : "pkcs11";
  }

  private static KeysetHome longEnough(KeysetHome home, Secret fresh) {
    if (fresh.length() < Secrets.SHORTEST_PASSPHRASE) {
      throw new KeyChange.Refused(
          Refusal.PASSPHRASE_SHORT, Integer.toString(Secrets.SHORTEST_PASSPHRASE));
    }
    return home;
  }
}
