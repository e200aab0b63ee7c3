package io.parano.kernel;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 digest (FIPS 180-4) as a value: four big-endian words, so that it can be a map key
/// without allocation.
public record Digest(long a, long b, long c, long d) {
  private static final int LENGTH = 32;
  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digest::sha256);

  /// SHA-256 over the concatenation of `parts`.
  public static Digest of(byte[]... parts) {
    MessageDigest sha = SHA_256.get();
    sha.reset();
    for (byte[] part : parts) {
      sha.update(part);
    }
    return fromBytes(sha.digest());
  }

  /// The digest whose 32 bytes are given; throws [IllegalArgumentException] on another length.
  public static Digest fromBytes(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Digest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /// The digest written as 64 hexadecimal digits.
  public static Digest fromHex(String hex) {
    return fromBytes(HexFormat.of().parseHex(hex));
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  @Override
  public String toString() {
    return hex();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
