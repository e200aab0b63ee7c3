package io.parano.authn;

import io.parano.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/// How an old hash was made from a password: everything but the hash itself. Its written form is
/// what a wrapped hash begins with.
sealed interface InnerScheme {
  /// What is hashed again by Argon2id: the digest that the scheme gives for `password`.
  byte[] digest(byte[] password);

  /// As [#read] takes it.
  String write();

  static Optional<? extends InnerScheme> read(String text) {
    if (text.startsWith("$2")) {
      return Bcrypt.of(text);
    }
    return text.startsWith("$") ? ShaCrypt.of(text) : SaltedSha512.of(text);
  }

  /// SHA-crypt (Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512"). The digest is its printed
  /// text: 43 or 86 characters.
  ///
  /// @param prefix `$5$` or `$6$`, `rounds=N$` where they are named, and the salt
  record ShaCrypt(String prefix) implements InnerScheme {
    /// What crypt(3) takes at least, and a second or so at most.
    static final int LEAST_ROUNDS = 1_000;

    static final int MOST_ROUNDS = 1_000_000;

    private static final Pattern FORM =
        Pattern.compile("\\$[56]\\$(?:rounds=([1-9][0-9]{0,8})\\$)?[./0-9A-Za-z]{1,16}");

    static Optional<ShaCrypt> of(String prefix) {
      Matcher form = FORM.matcher(prefix);
      return form.matches() && bearable(form.group(1))
          ? Optional.of(new ShaCrypt(prefix))
          : Optional.empty();
    }

    private static boolean bearable(@org.jspecify.annotations.Nullable String rounds) {
      int number = rounds == null ? LEAST_ROUNDS : Integer.parseInt(rounds);
      return number >= LEAST_ROUNDS && number <= MOST_ROUNDS;
    }

    @Override
    public byte[] digest(byte[] password) {
      // The library wipes what it is given.
      byte[] given = password.clone();
      String text =
          prefix.startsWith("$6")
              ? Sha2Crypt.sha512Crypt(given, prefix)
              : Sha2Crypt.sha256Crypt(given, prefix);
      return text.substring(text.lastIndexOf('$') + 1).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String write() {
      return prefix;
    }
  }

  /// bcrypt (Provos and Mazières 1999; versions 2a, 2b and 2y, which differ in bugs of old
  /// implementations alone). The digest is its printed text: 31 characters.
  ///
  /// @param prefix `$2b$12$` and 22 characters of salt
  record Bcrypt(String prefix) implements InnerScheme {
    static final int MOST_COST = 14;

    /// Beyond that bcrypt looks away; a password that it did not see whole is not taken.
    static final int MOST_BYTES = 72;

    private static final String ALPHABET =
        "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String STANDARD =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int SALT_FROM = 7;
    private static final Pattern FORM =
        Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-9])\\$[./0-9A-Za-z]{22}");

    static Optional<Bcrypt> of(String prefix) {
      Matcher form = FORM.matcher(prefix);
      return form.matches() && Integer.parseInt(form.group(1)) <= MOST_COST
          ? Optional.of(new Bcrypt(prefix))
          : Optional.empty();
    }

    @Override
    public byte[] digest(byte[] password) {
      if (password.length > MOST_BYTES) {
        return new byte[0];
      }
      String text = OpenBSDBCrypt.generate("2b", password, salt(), cost());
      return text.substring(SALT_FROM + 22).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] salt() {
      StringBuilder standard = new StringBuilder();
      prefix
          .substring(SALT_FROM)
          .chars()
          .forEach(c -> standard.append(STANDARD.charAt(ALPHABET.indexOf(c))));
      return Base64.getDecoder().decode(standard.toString());
    }

    private int cost() {
      return Integer.parseInt(prefix.substring(4, 6));
    }

    @Override
    public String write() {
      return prefix;
    }
  }

  /// SHA-512 once over password and salt. The digest is its 64 bytes.
  record SaltedSha512(Order order, Bytes salt) implements InnerScheme {
    static final int MOST_SALT = 64;

    private static final Pattern FORM =
        Pattern.compile("sha512,(password-salt|salt-password),([A-Za-z0-9_-]{1,86})");

    enum Order {
      PASSWORD_SALT("password-salt"),
      SALT_PASSWORD("salt-password");

      private final String text;

      Order(String text) {
        this.text = text;
      }

      static Order of(String text) {
        return text.equals(PASSWORD_SALT.text) ? PASSWORD_SALT : SALT_PASSWORD;
      }
    }

    static Optional<SaltedSha512> of(String text) {
      Matcher form = FORM.matcher(text);
      return form.matches()
          ? Optional.of(
              new SaltedSha512(Order.of(form.group(1)), Bytes.fromBase64Url(form.group(2))))
          : Optional.empty();
    }

    @Override
    public byte[] digest(byte[] password) {
      byte[] bytes = salt.copy();
      MessageDigest sha = sha512();
      switch (order) {
        case PASSWORD_SALT -> {
          sha.update(password);
          sha.update(bytes);
        }
        case SALT_PASSWORD -> {
          sha.update(bytes);
          sha.update(password);
        }
      }
      Arrays.fill(bytes, (byte) 0);
      return sha.digest();
    }

    @Override
    public String write() {
      return "sha512," + order.text + "," + salt.base64Url();
    }

    private static MessageDigest sha512() {
      try {
        return MessageDigest.getInstance("SHA-512");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-512", e);
      }
    }
  }
}
