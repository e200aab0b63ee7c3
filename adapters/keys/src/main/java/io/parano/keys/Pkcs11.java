package io.parano.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parano.kernel.Bytes;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;

/// What a hardware module makes of a salt, by HMAC-SHA-256 under a key that never leaves it. By the
/// JDK's SunPKCS11. Each use logs in by the PIN and out again: who is logged in would need none.
final class Pkcs11 {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PURPOSE = "parano keyset 1 module".getBytes(US_ASCII);
  private static final int KEY_BITS = 256;

  private final Pkcs11Slot slot;

  Pkcs11(Pkcs11Slot slot) {
    this.slot = slot;
  }

  /// From the most refusing to the most allowing.
  sealed interface Answer {
    /// The module may lock itself after a few of them: nothing is tried again.
    record PinWrong() implements Answer {}

    record Unusable(String why) implements Answer {}

    record Derived(Secret secret) implements Answer {}
  }

  /// Whether a key is made where there is none.
  enum Missing {
    REFUSE,
    MAKE
  }

  /// One at a time: being logged in is the whole process's.
  static synchronized Answer derive(Pkcs11Slot slot, Secret pin, Bytes salt, Missing missing) {
    return new Pkcs11(slot).derive(pin, salt, missing);
  }

  private Answer derive(Secret pin, Bytes salt, Missing missing) {
    if (!Files.isReadable(slot.library())) {
      return new Answer.Unusable("there is no library " + slot.library());
    }
    try {
      Provider provider = Security.getProvider("SunPKCS11").configure(settings());
      try {
        return derive(provider, pin, salt, missing);
      } finally {
        logOut(provider);
      }
    } catch (GeneralSecurityException | IOException | ProviderException e) {
      return cause(e, FailedLoginException.class)
          ? new Answer.PinWrong()
          : new Answer.Unusable(innermost(e));
    }
  }

  private Answer derive(Provider provider, Secret pin, Bytes salt, Missing missing)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS11", provider);
    char[] typed = characters(pin);
    try {
      store.load(null, typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
    if (!store.containsAlias(slot.key())) {
      if (missing == Missing.REFUSE) {
        return new Answer.Unusable("the module has no key called " + slot.key());
      }
      KeyGenerator generator = KeyGenerator.getInstance(ALGORITHM, provider);
      generator.init(KEY_BITS);
      store.setKeyEntry(slot.key(), generator.generateKey(), null, null);
    }
    Key key = store.getKey(slot.key(), null);
    if (key == null) {
      return new Answer.Unusable(slot.key() + " is no key that can be used");
    }
    Mac mac = Mac.getInstance(ALGORITHM, provider);
    mac.init(key);
    mac.update(PURPOSE);
    byte[] derived = mac.doFinal(salt.copy());
    Secret secret = Secret.of(derived);
    Arrays.fill(derived, (byte) 0);
    return new Answer.Derived(secret);
  }

  /// For a key that never leaves the module, in whatever way it came there.
  private String settings() {
    return """
    --name=parano-%s
    library=%s
    slotListIndex=%d
    attributes(*,CKO_SECRET_KEY,*)={
    CKA_SENSITIVE=true
    CKA_EXTRACTABLE=false
    CKA_SIGN=true
    }
    """
        .formatted(
            Integer.toHexString(slot.hashCode()), slot.library().toAbsolutePath(), slot.index());
  }

  private static void logOut(Provider provider) {
    if (provider instanceof AuthProvider open) {
      try {
        open.logout();
      } catch (LoginException | ProviderException e) {
        // It was never logged in, or is gone.
      }
    }
  }

  private static char[] characters(Secret pin) {
    byte[] bytes = pin.copy();
    CharBuffer decoded = UTF_8.decode(ByteBuffer.wrap(bytes));
    char[] characters = new char[decoded.remaining()];
    decoded.get(characters);
    Arrays.fill(bytes, (byte) 0);
    return characters;
  }

  private static boolean cause(Throwable thrown, Class<? extends Throwable> kind) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (kind.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  private static String innermost(Throwable thrown) {
    Throwable each = thrown;
    for (Throwable below = each.getCause(); below != null; below = below.getCause()) {
      each = below;
    }
    return String.valueOf(each.getMessage());
  }
}
