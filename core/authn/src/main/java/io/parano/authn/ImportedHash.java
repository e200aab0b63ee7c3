package io.parano.authn;

import io.parano.authn.InnerScheme.Bcrypt;
import io.parano.authn.InnerScheme.SaltedSha512;
import io.parano.authn.InnerScheme.SaltedSha512.Order;
import io.parano.authn.InnerScheme.ShaCrypt;
import io.parano.kernel.Bytes;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A password hash from another system, on its way in. It is never kept: [Passwords#wrap] makes of
/// it at once what is.
///
/// Taken are SHA-crypt (`$5$`, `$6$`) and bcrypt (`$2a$`, `$2b$`, `$2y$`), bare or after an LDAP or
/// Dovecot scheme such as `{CRYPT}`; `{SSHA512}`, `{SSHA512.b64}` and `{SSHA512.hex}`, whose salt
/// follows the digest; and any other salted SHA-512 with its layout spelt out: `{SALTED-SHA512
/// order=password-salt digest=hex salt=text}digest:salt`, where the order may be `salt-password`,
/// the digest `base64`, and the salt `hex` or `base64`.
public final class ImportedHash implements AutoCloseable {
  private static final int MOST_CHARACTERS = 512;
  private static final int DIGEST_LENGTH = 64;
  private static final Pattern SCHEME =
      Pattern.compile(
          "\\{(CRYPT|SHA256-CRYPT|SHA512-CRYPT|BLF-CRYPT|SSHA512|SSHA512\\.B64|SSHA512\\.HEX)\\}(.*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LAYOUT =
      Pattern.compile(
          "\\{SALTED-SHA512 order=(password-salt|salt-password) digest=(hex|base64)"
              + " salt=(text|hex|base64)\\}([^:]+):(.+)");
  private static final Pattern SHA_CRYPT =
      Pattern.compile("(\\$([56])\\$(?:rounds=[^$]*\\$)?([^$]*))\\$([./0-9A-Za-z]*)");
  private static final Pattern BCRYPT =
      Pattern.compile("(\\$2[aby]\\$([0-9]{2})\\$[./0-9A-Za-z]{22})([./0-9A-Za-z]{31})");
  private static final Pattern CRYPT_SALT = Pattern.compile("[./0-9A-Za-z]{1,16}");

  private final InnerScheme scheme;
  private final Secret digest;

  private ImportedHash(InnerScheme scheme, Secret digest) {
    this.scheme = scheme;
    this.digest = digest;
  }

  /// What is wrong with what came. Never the text itself, which invites guessing.
  public enum Wrong {
    SCHEME(
        "Expected a hash that begins with $5$, $6$, $2a$, $2b$, $2y$, {SSHA512} or {SALTED-SHA512 …}.",
        "Attendu : un hachage commençant par $5$, $6$, $2a$, $2b$, $2y$, {SSHA512} ou {SALTED-SHA512 …}."),
    LAYOUT(
        "Expected {SALTED-SHA512 order=password-salt digest=hex salt=text}digest:salt; the order may also be salt-password, the digest base64, the salt hex or base64.",
        "Attendu : {SALTED-SHA512 order=password-salt digest=hex salt=text}condensat:sel ; order peut aussi valoir salt-password, digest base64, salt hex ou base64."),
    SALT(
        "The salt must be 1 to 16 characters of ./0-9A-Za-z for $5$ and $6$, and 1 to 64 bytes otherwise.",
        "Le sel doit compter de 1 à 16 caractères parmi ./0-9A-Za-z pour $5$ et $6$, de 1 à 64 octets sinon."),
    DIGEST(
        "The digest is cut short, too long, or not written as its scheme says.",
        "Le condensat est tronqué, trop long, ou n'est pas écrit comme son schéma l'annonce."),
    COST(
        "Rounds must be 1000 to 1000000 for $5$ and $6$, the cost 4 to 14 for bcrypt: more would keep the server busy.",
        "Les tours doivent être de 1000 à 1000000 pour $5$ et $6$, le coût de 4 à 14 pour bcrypt : au-delà, le serveur serait accaparé.");

    private final String english;
    private final String french;

    Wrong(String english, String french) {
      this.english = english;
      this.french = french;
    }

    public String text(Language language) {
      return switch (language) {
        case EN -> english;
        case FR -> french;
      };
    }
  }

  public sealed interface Reading {
    record Mistaken(Wrong wrong) implements Reading {}

    record Read(ImportedHash hash) implements Reading {}
  }

  public static Reading read(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return new Reading.Mistaken(Wrong.DIGEST);
    }
    if (text.startsWith("{SALTED-SHA512")) {
      return layout(LAYOUT.matcher(text));
    }
    Matcher named = SCHEME.matcher(text);
    if (!named.matches()) {
      return crypt(text);
    }
    String hash = named.group(2);
    return switch (named.group(1).toUpperCase(Locale.ROOT)) {
      case "SSHA512", "SSHA512.B64" -> saltAfter(base64(hash));
      case "SSHA512.HEX" -> saltAfter(hex(hash));
      default -> crypt(hash);
    };
  }

  InnerScheme scheme() {
    return scheme;
  }

  Secret digest() {
    return digest;
  }

  @Override
  public void close() {
    digest.wipe();
  }

  /// The scheme's kind alone.
  @Override
  public String toString() {
    return "ImportedHash[" + scheme.getClass().getSimpleName() + "]";
  }

  private static Reading crypt(String text) {
    if (text.startsWith("$2")) {
      Matcher form = BCRYPT.matcher(text);
      return form.matches()
          ? read(Bcrypt.of(form.group(1)), form.group(3))
          : new Reading.Mistaken(Wrong.DIGEST);
    }
    Matcher form = SHA_CRYPT.matcher(text);
    if (!form.matches()) {
      return new Reading.Mistaken(Wrong.SCHEME);
    }
    if (!CRYPT_SALT.matcher(form.group(3)).matches()) {
      return new Reading.Mistaken(Wrong.SALT);
    }
    int length = form.group(2).equals("6") ? 86 : 43;
    return form.group(4).length() == length
        ? read(ShaCrypt.of(form.group(1)), form.group(4))
        : new Reading.Mistaken(Wrong.DIGEST);
  }

  private static Reading read(Optional<? extends InnerScheme> scheme, String digest) {
    return scheme
        .<Reading>map(inner ->
            new Reading.Read(
                new ImportedHash(inner, Secret.of(digest.getBytes(StandardCharsets.US_ASCII)))))
        .orElseGet(() -> new Reading.Mistaken(Wrong.COST));
  }

  private static Reading saltAfter(Optional<byte[]> bytes) {
    if (bytes.isEmpty() || bytes.get().length < DIGEST_LENGTH) {
      return new Reading.Mistaken(Wrong.DIGEST);
    }
    return salted(
        Order.PASSWORD_SALT,
        Arrays.copyOf(bytes.get(), DIGEST_LENGTH),
        Arrays.copyOfRange(bytes.get(), DIGEST_LENGTH, bytes.get().length));
  }

  private static Reading layout(Matcher form) {
    if (!form.matches()) {
      return new Reading.Mistaken(Wrong.LAYOUT);
    }
    Optional<byte[]> digest =
        form.group(2).equals("hex") ? hex(form.group(4)) : base64(form.group(4));
    Optional<byte[]> salt =
        switch (form.group(3)) {
          case "hex" -> hex(form.group(5));
          case "base64" -> base64(form.group(5));
          default -> Optional.of(form.group(5).getBytes(StandardCharsets.UTF_8));
        };
    if (digest.isEmpty() || digest.get().length != DIGEST_LENGTH) {
      return new Reading.Mistaken(Wrong.DIGEST);
    }
    return salt.map(bytes -> salted(Order.of(form.group(1)), digest.get(), bytes))
        .orElseGet(() -> new Reading.Mistaken(Wrong.SALT));
  }

  private static Reading salted(Order order, byte[] digest, byte[] salt) {
    return salt.length >= 1 && salt.length <= SaltedSha512.MOST_SALT
        ? new Reading.Read(
            new ImportedHash(new SaltedSha512(order, Bytes.of(salt)), Secret.of(digest)))
        : new Reading.Mistaken(Wrong.SALT);
  }

  private static Optional<byte[]> hex(String text) {
    try {
      return Optional.of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
