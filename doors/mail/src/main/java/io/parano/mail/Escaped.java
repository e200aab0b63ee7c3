package io.parano.mail;

import io.parano.kernel.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What nginx escaped: `%XX` alone stands for something else, `+` for itself (`ngx_escape_uri` with
/// `NGX_ESCAPE_MAIL_AUTH`).
final class Escaped {
  private Escaped() {}

  /// Null when it is not escaped as nginx does it, or is no text.
  static @Nullable String text(String escaped) {
    byte[] octets = octets(escaped);
    if (octets == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /// Null when it is not escaped as nginx does it.
  static @Nullable Secret secret(String escaped) {
    byte[] octets = octets(escaped);
    if (octets == null) {
      return null;
    }
    Secret secret = Secret.of(octets);
    Arrays.fill(octets, (byte) 0);
    return secret;
  }

  private static byte @Nullable [] octets(String escaped) {
    byte[] octets = new byte[escaped.length()];
    int length = 0;
    for (int i = 0; i < escaped.length(); i++) {
      char at = escaped.charAt(i);
      if (at > 0xff) {
        return null;
      }
      if (at != '%') {
        octets[length++] = (byte) at;
        continue;
      }
      int octet = octet(escaped, i + 1);
      if (octet < 0) {
        return null;
      }
      octets[length++] = (byte) octet;
      i += 2;
    }
    byte[] whole = Arrays.copyOf(octets, length);
    Arrays.fill(octets, (byte) 0);
    return whole;
  }

  /// Two hexadecimal digits; negative when they are none.
  private static int octet(String escaped, int at) {
    if (at + 2 > escaped.length()) {
      return -1;
    }
    int high = digit(escaped.charAt(at));
    int low = digit(escaped.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int digit(char at) {
    return at > 0x7f ? -1 : Character.digit(at, 16);
  }
}
