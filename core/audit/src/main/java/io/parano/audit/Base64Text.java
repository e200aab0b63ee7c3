package io.parano.audit;

import io.parano.kernel.Digest;
import java.util.Base64;

/// Standard base64 (RFC 4648 section 4) read strictly: with its padding, and one text per value, so
/// that nobody can vary a signed line without being noticed.
final class Base64Text {
  private Base64Text() {}

  static String write(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Throws [IllegalArgumentException] on any text that [#write] would not have written.
  static byte[] read(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (!write(bytes).equals(text)) {
      throw new IllegalArgumentException("expected padded base64, found \"" + text + "\"");
    }
    return bytes;
  }

  static Digest digest(String text) {
    return Digest.fromBytes(read(text));
  }
}
