package io.parano.kernel;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// Immutable bytes that are no secret, compared by content: credential ids, public keys,
/// signatures, sealed blobs.
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);
  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Bytes of(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /// Reads base64url without padding (RFC 4648 section 5); throws [IllegalArgumentException] on
  /// anything else.
  public static Bytes fromBase64Url(String text) {
    Bytes bytes = new Bytes(Base64.getUrlDecoder().decode(text));
    // The platform's own reading takes padding, and ignores what the last character says too much.
    if (!bytes.base64Url().equals(text)) {
      throw new IllegalArgumentException("expected base64url without padding");
    }
    return bytes;
  }

  public static Bytes fromHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  public byte[] copy() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  public String base64Url() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  public Digest digest() {
    return Digest.of(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64Url();
  }
}
