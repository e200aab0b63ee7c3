package io.parano.authn;

import io.parano.kernel.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/// A password as text: well-formed UTF-8 without NUL, in Unicode normal form C, so that one
/// keyboard's `é` and another's `e` with an accent are the same password (NIST SP 800-63B-4 section
/// 3.1.1.2).
final class PasswordText implements AutoCloseable {
  private final char[] characters;

  private PasswordText(char[] characters) {
    this.characters = characters;
  }

  sealed interface Reading {
    record NotText() implements Reading {}

    record Read(PasswordText text) implements Reading {}
  }

  static Reading read(Secret password) {
    byte[] bytes = password.copy();
    CharBuffer decoded = CharBuffer.allocate(bytes.length);
    try {
      // A new decoder reports malformed input; it never replaces it.
      var result =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), decoded, true);
      if (result.isError()) {
        return new Reading.NotText();
      }
      decoded.flip();
      return contains(decoded, '\0')
          ? new Reading.NotText()
          : new Reading.Read(new PasswordText(normalized(decoded)));
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(decoded.array(), '\0');
    }
  }

  /// The characters themselves; wiped with this text.
  CharBuffer characters() {
    return CharBuffer.wrap(characters).asReadOnlyBuffer();
  }

  int codePoints() {
    return Character.codePointCount(characters, 0, characters.length);
  }

  /// What is hashed.
  Secret utf8() {
    return Secret.ofText(CharBuffer.wrap(characters));
  }

  /// Whether each character is known to this Java's Unicode: the normal form of one that is not may
  /// change with the next version, and the password with it.
  boolean assigned() {
    return CharBuffer.wrap(characters)
        .codePoints()
        .allMatch(codePoint -> Character.getType(codePoint) != Character.UNASSIGNED);
  }

  @Override
  public void close() {
    Arrays.fill(characters, '\0');
  }

  /// Nearly every password is in normal form as typed; only another makes a `String`, which cannot
  /// be wiped.
  private static char[] normalized(CharBuffer text) {
    return Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? Arrays.copyOf(text.array(), text.length())
        : Normalizer.normalize(text, Normalizer.Form.NFC).toCharArray();
  }

  private static boolean contains(CharBuffer text, char wanted) {
    return text.chars().anyMatch(c -> c == wanted);
  }
}
