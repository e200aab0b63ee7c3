package io.parano.kernel;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/// Bytes that must not be seen. It prints as `Secret[…]`, compares in constant time, never enters a
/// record's `toString` in the clear, and can be wiped; once wiped, every use throws
/// [IllegalStateException].
///
/// The bytes leave it only through [#copy()], so that each place where a secret is taken out can be
/// found by name.
public final class Secret implements AutoCloseable {
  private final byte[] bytes;
  private boolean wiped;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A secret over a copy of `bytes`; the caller still owns, and should wipe, its own array.
  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /// The UTF-8 bytes of `text`, which stays in the caller's hands.
  public static Secret ofText(CharSequence text) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    encoded.clear();
    while (encoded.hasRemaining()) {
      encoded.put((byte) 0);
    }
    return new Secret(bytes);
  }

  /// `length` bytes from `randomness`.
  public static Secret random(int length, Randomness randomness) {
    byte[] bytes = new byte[length];
    randomness.fill(bytes);
    return new Secret(bytes);
  }

  /// The bytes themselves, copied; whoever calls wipes the copy.
  public byte[] copy() {
    refuseWiped();
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  /// Whether both hold the same bytes, in time that depends on the length alone.
  public boolean matches(Secret other) {
    refuseWiped();
    other.refuseWiped();
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  /// SHA-256 of the bytes: the form in which tokens and codes are kept.
  public Digest digest() {
    refuseWiped();
    return Digest.of(bytes);
  }

  /// Overwrites the bytes; later uses throw.
  public void wipe() {
    Arrays.fill(bytes, (byte) 0);
    wiped = true;
  }

  @Override
  public void close() {
    wipe();
  }

  @Override
  public String toString() {
    return "Secret[" + bytes.length + " bytes]";
  }

  private void refuseWiped() {
    if (wiped) {
      throw new IllegalStateException("this secret was wiped");
    }
  }
}
