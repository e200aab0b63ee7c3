package io.parano.keys;

import io.parano.authn.Argon2;
import io.parano.kernel.Randomness;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a keyset is, and what it is behind.
///
/// @param module null for a passphrase alone
public record KeysetHome(Path file, @Nullable Pkcs11Slot module) {
  public KeysetFile open(Argon2 argon2, Randomness randomness) {
    return new KeysetFile(file, module, argon2, randomness);
  }
}
