package io.parano.radiuspacket;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One attribute as it travels: a number between 1 and 255, and at most 253 octets (RFC 2865
/// section 5). A password is still hidden here.
public record Attribute(int number, Bytes value) {
  static final int MOST = 253;

  public Attribute {
    if (number < 1 || number > 255 || value.length() > MOST) {
      throw new IllegalArgumentException(
          "expected a number from 1 to 255 and at most %d octets, found %d and %d"
              .formatted(MOST, number, value.length()));
    }
  }

  public static Attribute of(Type type, Bytes value) {
    if (!type.fits(value.length())) {
      throw new IllegalArgumentException(type + " does not have " + value.length() + " octets");
    }
    return new Attribute(type.number(), value);
  }

  /// UTF-8; throws [IllegalArgumentException] beyond 253 octets.
  public static Attribute of(Type type, String text) {
    return of(type, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static Attribute of(Type type, long number) {
    return of(type, Bytes.of(ByteBuffer.allocate(Integer.BYTES).putInt((int) number).array()));
  }

  boolean is(Type type) {
    return number == type.number();
  }
}
