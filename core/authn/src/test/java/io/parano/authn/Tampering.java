package io.parano.authn;

import io.parano.kernel.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/// What a hand with bad intentions does to bytes.
final class Tampering {
  private Tampering() {}

  static Bytes flip(Bytes bytes, int index) {
    byte[] copy = bytes.copy();
    copy[Math.floorMod(index, copy.length)] ^= 1;
    return Bytes.of(copy);
  }

  static <K> void flip(Map<K, Object> members, K key, int index) {
    members.compute(key, (name, bytes) -> flip((Bytes) Objects.requireNonNull(bytes), index));
  }

  static Bytes append(Bytes bytes, String hex) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes.copy());
    out.writeBytes(Bytes.fromHex(hex).copy());
    return Bytes.of(out.toByteArray());
  }

  static Bytes truncate(Bytes bytes, int lost) {
    return Bytes.of(Arrays.copyOf(bytes.copy(), bytes.length() - lost));
  }

  static Bytes zeros(int length) {
    return Bytes.of(new byte[length]);
  }

  static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(Bytes utf8) {
    return new String(utf8.copy(), StandardCharsets.UTF_8);
  }

  /// Replaces the first occurrence of a text.
  static Bytes replace(Bytes utf8, String from, String to) {
    return utf8(text(utf8).replace(from, to));
  }
}
