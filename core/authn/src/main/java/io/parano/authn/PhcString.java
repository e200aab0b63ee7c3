package io.parano.authn;

import io.parano.kernel.Bytes;
import io.parano.kernel.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An Argon2id hash in the PHC string format:
/// `$argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<tag>`.
///
/// The reader takes exactly what the writer makes: parameters in this order and without leading
/// zeros, base64 without padding and with its unused bits zero. Every number is bounded before
/// anything is computed from it.
final class PhcString {
  static final int SALT_LENGTH = 16;
  static final int TAG_LENGTH = 32;

  private static final int LEAST_SALT = 8;
  private static final int LEAST_TAG = 16;
  private static final int MOST_BYTES = 64;
  private static final int MOST_CHARACTERS = 256;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,7}),t=([1-9][0-9]{0,7}),p=([1-9][0-9]{0,7})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final Argon2Parameters parameters;
  private final Bytes salt;
  private final Secret tag;

  PhcString(Argon2Parameters parameters, Bytes salt, Secret tag) {
    this.parameters = parameters;
    this.salt = salt;
    this.tag = tag;
  }

  sealed interface Reading {
    /// @param why in words for the operator; never the string itself
    record Malformed(String why) implements Reading {}

    record Read(PhcString phc) implements Reading {}
  }

  static Reading read(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return new Reading.Malformed("longer than " + MOST_CHARACTERS + " characters");
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return new Reading.Malformed("not of the form $argon2id$v=19$m=…,t=…,p=…$salt$tag");
    }
    Optional<Argon2Parameters> parameters =
        Argon2Parameters.within(number(form, 1), number(form, 2), number(form, 3));
    if (parameters.isEmpty()) {
      return new Reading.Malformed("parameters out of bounds");
    }
    Optional<byte[]> salt = decode(form.group(4), LEAST_SALT);
    if (salt.isEmpty()) {
      return new Reading.Malformed("the salt is not 8 to 64 bytes in unpadded base64");
    }
    Optional<byte[]> tag = decode(form.group(5), LEAST_TAG);
    if (tag.isEmpty()) {
      return new Reading.Malformed("the tag is not 16 to 64 bytes in unpadded base64");
    }
    return new Reading.Read(
        new PhcString(parameters.get(), Bytes.of(salt.get()), wipingly(tag.get())));
  }

  String write() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    byte[] bytes = tag.copy();
    try {
      return "$argon2id$v=19$%s$%s$%s"
          .formatted(parameters, base64.encodeToString(salt.copy()), base64.encodeToString(bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  Argon2Parameters parameters() {
    return parameters;
  }

  Bytes salt() {
    return salt;
  }

  Secret tag() {
    return tag;
  }

  /// The parameters alone: a tag invites guessing.
  @Override
  public String toString() {
    return "PhcString[" + parameters + "]";
  }

  private static long number(Matcher form, int group) {
    return Long.parseLong(form.group(group));
  }

  /// The JDK's decoder forgives unused bits that are not zero; only what encodes back to itself is
  /// canonical.
  private static Optional<byte[]> decode(String text, int least) {
    if (text.length() % 4 == 1) {
      return Optional.empty();
    }
    byte[] bytes = Base64.getDecoder().decode(text);
    boolean canonical = Base64.getEncoder().withoutPadding().encodeToString(bytes).equals(text);
    return canonical && bytes.length >= least && bytes.length <= MOST_BYTES
        ? Optional.of(bytes)
        : Optional.empty();
  }

  private static Secret wipingly(byte[] bytes) {
    Secret secret = Secret.of(bytes);
    Arrays.fill(bytes, (byte) 0);
    return secret;
  }
}
