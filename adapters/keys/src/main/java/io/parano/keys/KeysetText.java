package io.parano.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.parano.authn.Argon2;
import io.parano.authn.Argon2Parameters;
import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// A keyset file's text: five lines, each of one form only.
///
/// ```
/// parano-keyset 1
/// argon2id m=65536,t=3,p=1
/// salt <16 bytes>
/// check <16 bytes>
/// sealed <nonce, ciphertext, tag>
/// ```
///
/// The second line of a keyset behind a hardware module is `pkcs11 hmac-sha256`: then the module
/// makes of the salt what else Argon2id makes of passphrase and salt.
///
/// Bytes are base64url without padding. Argon2id makes a key of passphrase and salt, HKDF two of
/// that: one seals the keys, with everything before `sealed` as associated data, and one is the
/// check, which tells a wrong passphrase from an altered file (and binds the file to one
/// passphrase, which GCM alone does not). A guesser gains nothing by it: the seal itself would tell
/// as much.
///
/// @param header the first four lines, as they stand in the file
record KeysetText(
    String header, Optional<Argon2Parameters> parameters, Bytes salt, Bytes check, Bytes sealed) {
  static final int SALT_LENGTH = 16;

  private static final String FIRST_LINE = "parano-keyset 1";
  private static final String PKCS11 = "pkcs11 hmac-sha256";
  private static final int CHECK_LENGTH = 16;
  private static final int DERIVED_LENGTH = 32;
  private static final byte[] SEAL_PURPOSE = "parano keyset 1 seal".getBytes(US_ASCII);
  private static final byte[] CHECK_PURPOSE = "parano keyset 1 check".getBytes(US_ASCII);
  private static final Pattern COST =
      Pattern.compile("argon2id m=([1-9][0-9]{0,7}),t=([1-9][0-9]?),p=([1-9][0-9]?)");

  sealed interface Reading {
    record Malformed(int line, String expected) implements Reading {}

    record Read(KeysetText text) implements Reading {}
  }

  sealed interface Unsealing {
    record PassphraseWrong() implements Unsealing {}

    record Altered() implements Unsealing {}

    record Unsealed(Keyset keyset) implements Unsealing {}
  }

  /// @param parameters empty for a keyset behind a module
  /// @param derived what was made of `salt`
  static KeysetText seal(
      Keyset keyset,
      Optional<Argon2Parameters> parameters,
      Bytes salt,
      Secret derived,
      Randomness randomness) {
    byte[] nonce = randomness.bytes(AesGcm.NONCE_LENGTH);
    byte[] plain = keyset.write();
    try {
      Bytes check = check(derived);
      String header =
          FIRST_LINE
              + "\n"
              + parameters.map(cost -> "argon2id " + cost).orElse(PKCS11)
              + "\nsalt "
              + salt.base64Url()
              + "\ncheck "
              + check.base64Url()
              + "\n";
      byte[] sealed = AesGcm.seal(sealKey(derived), nonce, header.getBytes(US_ASCII), plain);
      byte[] whole =
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return new KeysetText(header, parameters, salt, check, Bytes.of(whole));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  static Reading read(String text) {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(FIRST_LINE)) {
      return new Reading.Malformed(1, "\"" + FIRST_LINE + "\"");
    }
    if (lines.length != 6 || !lines[5].isEmpty()) {
      return new Reading.Malformed(0, "five lines");
    }
    Optional<Argon2Parameters> parameters = cost(lines[1]);
    if (parameters.isEmpty() && !lines[1].equals(PKCS11)) {
      return new Reading.Malformed(
          2, "\"argon2id m=…,t=…,p=…\" within bounds, or \"" + PKCS11 + "\"");
    }
    Optional<Bytes> salt = bytes("salt ", lines[2], SALT_LENGTH, SALT_LENGTH);
    if (salt.isEmpty()) {
      return new Reading.Malformed(3, "\"salt\" and 16 bytes in base64url");
    }
    Optional<Bytes> check = bytes("check ", lines[3], CHECK_LENGTH, CHECK_LENGTH);
    if (check.isEmpty()) {
      return new Reading.Malformed(4, "\"check\" and 16 bytes in base64url");
    }
    Optional<Bytes> sealed =
        bytes("sealed ", lines[4], AesGcm.NONCE_LENGTH + AesGcm.TAG_LENGTH, Integer.MAX_VALUE);
    if (sealed.isEmpty()) {
      return new Reading.Malformed(5, "\"sealed\" and bytes in base64url");
    }
    String header = text.substring(0, text.length() - lines[4].length() - 1);
    return new Reading.Read(
        new KeysetText(header, parameters, salt.get(), check.get(), sealed.get()));
  }

  String write() {
    return header + "sealed " + sealed.base64Url() + "\n";
  }

  /// @param derived what was made of the salt
  Unsealing unseal(Secret derived) {
    if (!MessageDigest.isEqual(check(derived).copy(), check.copy())) {
      return new Unsealing.PassphraseWrong();
    }
    byte[] whole = sealed.copy();
    byte[] nonce = Arrays.copyOf(whole, AesGcm.NONCE_LENGTH);
    byte[] rest = Arrays.copyOfRange(whole, AesGcm.NONCE_LENGTH, whole.length);
    return AesGcm.open(sealKey(derived), nonce, header.getBytes(US_ASCII), rest)
        .flatMap(KeysetText::keyset)
        .<Unsealing>map(Unsealing.Unsealed::new)
        .orElseGet(Unsealing.Altered::new);
  }

  private static Optional<Keyset> keyset(byte[] plain) {
    try {
      return Keyset.read(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  static Secret derived(Argon2 argon2, Secret passphrase, Bytes salt, Argon2Parameters parameters) {
    byte[] tag = argon2.hash(passphrase, salt.copy(), parameters, DERIVED_LENGTH);
    try {
      return Secret.of(tag);
    } finally {
      Arrays.fill(tag, (byte) 0);
    }
  }

  private static SecretKey sealKey(Secret derived) {
    byte[] key = expanded(derived, SEAL_PURPOSE, AesGcm.KEY_LENGTH);
    try {
      return new SecretKeySpec(key, "AES");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static Bytes check(Secret derived) {
    return Bytes.of(expanded(derived, CHECK_PURPOSE, CHECK_LENGTH));
  }

  private static byte[] expanded(Secret derived, byte[] purpose, int length) {
    byte[] key = derived.copy();
    try {
      return Hkdf.derive(key, new byte[0], purpose, length);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static Optional<Argon2Parameters> cost(String line) {
    Matcher cost = COST.matcher(line);
    return cost.matches()
        ? Argon2Parameters.within(number(cost, 1), number(cost, 2), number(cost, 3))
        : Optional.empty();
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }

  /// Only text that the same bytes are written as: one file, one text.
  private static Optional<Bytes> bytes(String name, String line, int least, int most) {
    if (!line.startsWith(name)) {
      return Optional.empty();
    }
    String text = line.substring(name.length());
    try {
      Bytes bytes = Bytes.fromBase64Url(text);
      return bytes.length() >= least && bytes.length() <= most && bytes.base64Url().equals(text)
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
