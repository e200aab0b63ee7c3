package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.authn.ImportedHash.Wrong;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Hashes of other systems: published vectors, every layout that is taken, one thing wrong at a
/// time.
final class ImportedHashTest {
  private static final PasswordOutcome RIGHT_ONCE = new PasswordOutcome.Right(true);
  private static final PasswordOutcome WRONG = new PasswordOutcome.Wrong();
  private static final Argon2Parameters CURRENT = new Argon2Parameters(64, 2, 1);
  private static final String SHA_512 =
      "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1";
  private static final String BCRYPT =
      "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  private final ReckonedArgon2 argon2 = new ReckonedArgon2();
  private final Passwords passwords = new Passwords(argon2, CURRENT, new Random(1)::nextBytes);

  @Test
  @Tag("slow")
  void verify_everyPublishedVector_isRightOnceAndWrongOtherwise() throws IOException {
    List<String[]> vectors = vectors();
    for (String[] vector : vectors) {
      String stored = passwords.wrap(read(vector[0]));

      assertThat(passwords.verify(Secret.ofText(vector[1]), stored))
          .as(vector[0])
          .isEqualTo(RIGHT_ONCE);
      assertThat(passwords.verify(Secret.ofText(vector[1] + "x"), stored))
          .as(vector[0])
          .isEqualTo(WRONG);
    }
    assertThat(vectors).hasSizeGreaterThanOrEqualTo(14);
  }

  @Test
  void verify_everyLayoutOfSaltedSha512_isRight() {
    byte[] salt = {'p', 'e', 'p', 'p', 'e', 'r', '4', '2'};
    byte[] after = sha512("correct horse".getBytes(StandardCharsets.UTF_8), salt);
    byte[] before = sha512(salt, "correct horse".getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(after, 72);
    System.arraycopy(salt, 0, both, 64, 8);
    HexFormat hex = HexFormat.of();
    for (String hash :
        List.of(
            "{SSHA512}" + base64(both),
            "{ssha512}" + base64(both),
            "{SSHA512.b64}" + base64(both),
            "{SSHA512.HEX}" + hex.formatHex(both),
            "{SALTED-SHA512 order=password-salt digest=hex salt=text}"
                + hex.formatHex(after)
                + ":pepper42",
            "{SALTED-SHA512 order=salt-password digest=base64 salt=hex}"
                + base64(before)
                + ":"
                + hex.formatHex(salt),
            "{SALTED-SHA512 order=salt-password digest=hex salt=base64}"
                + hex.formatHex(before)
                + ":"
                + base64(salt))) {
      String stored = passwords.wrap(read(hash));
      assertThat(passwords.verify(Secret.ofText("correct horse"), stored))
          .as(hash)
          .isEqualTo(RIGHT_ONCE);
      assertThat(passwords.verify(Secret.ofText("Correct horse"), stored))
          .as(hash)
          .isEqualTo(WRONG);
    }
  }

  @Test
  void wrap_oldHash_keepsItsSchemeAndNothingOfItsDigest() {
    String stored = passwords.wrap(read(SHA_512));

    assertThat(stored).startsWith("$6$saltstring|$argon2id$v=19$m=64,t=2,p=1$");
    assertThat(stored).doesNotContain("svn8UoSVap");
    assertThat(Passwords.wrapped(stored)).isTrue();
    assertThat(Passwords.wrapped(passwords.hash(Secret.ofText("correct horse")))).isFalse();
    assertThat(read(SHA_512).toString()).doesNotContain("svn8UoSVap");
  }

  @Test
  void verify_theOldDigestItself_isWrong() {
    String stored = passwords.wrap(read(SHA_512));

    assertThat(passwords.verify(Secret.ofText(SHA_512.substring(14)), stored)).isEqualTo(WRONG);
    assertThat(passwords.verify(Secret.ofText(SHA_512), stored)).isEqualTo(WRONG);
  }

  @Test
  void verify_wrappedInAnotherScheme_isWrong() {
    String stored = passwords.wrap(read(SHA_512));

    assertThat(
            passwords.verify(Secret.ofText("Hello world!"), stored.replace("$6$salt", "$6$tals")))
        .isEqualTo(WRONG);
    assertThatThrownBy(
            () -> passwords.verify(Secret.ofText("Hello world!"), stored.replace("$6$", "$1$")))
        .isInstanceOf(Passwords.HashUnreadable.class);
  }

  @Test
  void verify_pastWhatBcryptReads_isWrong() {
    // crypt_blowfish's own vector: 73 bytes and 72 bytes come to the same hash.
    String seen = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    String hash = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";
    String stored = passwords.wrap(read(hash));

    assertThat(passwords.verify(Secret.ofText(seen), stored)).isEqualTo(RIGHT_ONCE);
    assertThat(passwords.verify(Secret.ofText(seen + "chars after 72 are ignored"), stored))
        .isEqualTo(WRONG);
  }

  @Test
  void earlier_amongOldHashes_findsThePassword() {
    Earlier earlier = passwords.earlier(List.of(passwords.wrap(read(SHA_512))));

    assertThat(earlier.verify(Secret.ofText("Hello world!")))
        .isInstanceOf(PasswordOutcome.Right.class);
    assertThat(earlier.verify(Secret.ofText("hello world!"))).isEqualTo(WRONG);
  }

  @Test
  void read_oneThingWrong_saysWhat() {
    mistaken("", Wrong.SCHEME);
    mistaken("hunter2", Wrong.SCHEME);
    mistaken("$1$salt$qJH7.N4xYta3aEG/dfqo/0", Wrong.SCHEME);
    mistaken("{SHA512}" + base64(new byte[64]), Wrong.SCHEME);
    mistaken(SHA_512.replace("saltstring", "salt:string"), Wrong.SALT);
    mistaken(SHA_512.replace("saltstring", ""), Wrong.SALT);
    mistaken(SHA_512.replace("saltstring", "s".repeat(17)), Wrong.SALT);
    mistaken(SHA_512.substring(0, SHA_512.length() - 1), Wrong.DIGEST);
    mistaken(SHA_512 + "x", Wrong.DIGEST);
    mistaken(SHA_512.replace("$6$", "$6$rounds=999$"), Wrong.COST);
    mistaken(SHA_512.replace("$6$", "$6$rounds=1000001$"), Wrong.COST);
    mistaken(SHA_512.replace("$6$", "$6$rounds=1e3$"), Wrong.COST);
    mistaken(BCRYPT.replace("$05$", "$15$"), Wrong.COST);
    mistaken(BCRYPT.replace("$05$", "$03$"), Wrong.COST);
    mistaken(BCRYPT.replace("$2a$", "$2x$"), Wrong.DIGEST);
    mistaken(BCRYPT.substring(1), Wrong.SCHEME);
    mistaken(BCRYPT + ".", Wrong.DIGEST);
    mistaken("{SSHA512}" + base64(new byte[63]), Wrong.DIGEST);
    mistaken("{SSHA512}" + base64(new byte[64]), Wrong.SALT);
    mistaken("{SSHA512}" + base64(new byte[129]), Wrong.SALT);
    mistaken("{SSHA512}*" + base64(new byte[80]), Wrong.DIGEST);
    mistaken("{SALTED-SHA512}" + "0".repeat(128) + ":salt", Wrong.LAYOUT);
    String layout = "{SALTED-SHA512 order=password-salt digest=hex salt=text}";
    mistaken(layout + "0".repeat(126) + ":salt", Wrong.DIGEST);
    mistaken(layout + "0".repeat(128) + ":", Wrong.LAYOUT);
    mistaken(layout.replace("text", "hex") + "0".repeat(128) + ":salt", Wrong.SALT);
    mistaken("{SSHA512}" + "A".repeat(600), Wrong.DIGEST);
  }

  @Test
  void text_ofEveryMistake_isThereInBothLanguages() {
    for (Wrong wrong : Wrong.values()) {
      assertThat(wrong.text(Language.EN)).isNotBlank().isNotEqualTo(wrong.text(Language.FR));
    }
  }

  private static void mistaken(String text, Wrong wrong) {
    assertThat(ImportedHash.read(text))
        .as(text)
        .isEqualTo(new ImportedHash.Reading.Mistaken(wrong));
  }

  static ImportedHash read(String text) {
    return switch (ImportedHash.read(text)) {
      case ImportedHash.Reading.Read(ImportedHash hash) -> hash;
      case ImportedHash.Reading.Mistaken(Wrong wrong) -> throw new AssertionError(text + wrong);
    };
  }

  private static List<String[]> vectors() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ImportedHashTest.class.getResourceAsStream("crypt/vectors.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    }
  }

  private static byte[] sha512(byte[] first, byte[] second) {
    try {
      var sha = java.security.MessageDigest.getInstance("SHA-512");
      sha.update(first);
      return sha.digest(second);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[] bytes) {
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }
}
