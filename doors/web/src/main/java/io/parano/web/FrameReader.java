package io.parano.web;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The fields of one frame. Whatever is not as written down throws [Malformed]: both ends are of
/// one build, so that the other one is broken, or somebody else's.
final class FrameReader {
  private static final VarHandle TWO = bigEndian(short[].class);
  private static final VarHandle FOUR = bigEndian(int[].class);
  private static final VarHandle EIGHT = bigEndian(long[].class);

  private final byte[] bytes;
  private final int end;
  private int at;

  FrameReader(byte[] frame, int from, int to) {
    this.bytes = frame;
    this.at = from;
    this.end = to;
  }

  /// The other end does not keep to the protocol.
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  static VarHandle bigEndian(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  int one() {
    return bytes[had(1)] & 0xff;
  }

  int two() {
    return (short) TWO.get(bytes, had(Short.BYTES)) & 0xffff;
  }

  int four() {
    return (int) FOUR.get(bytes, had(Integer.BYTES));
  }

  long eight() {
    return (long) EIGHT.get(bytes, had(Long.BYTES));
  }

  byte[] raw() {
    int from = had(length());
    return Arrays.copyOfRange(bytes, from, at);
  }

  String text() {
    int from = had(length());
    return new String(bytes, from, at - from, StandardCharsets.UTF_8);
  }

  @Nullable String textOrNull() {
    if (end - at >= Integer.BYTES && (int) FOUR.get(bytes, at) == FrameWriter.NO_TEXT) {
      at += Integer.BYTES;
      return null;
    }
    return text();
  }

  /// Which of `count` things this is.
  int index(int count) {
    return index(count, two());
  }

  int index(int count, int index) {
    if (index < 0 || index >= count) {
      throw new Malformed("expected one of " + count + ", found " + index);
    }
    return index;
  }

  void end() {
    if (at < end) {
      throw new Malformed((end - at) + " bytes too many");
    }
  }

  private int length() {
    int length = four();
    if (length < 0) {
      throw new Malformed("expected a length, found " + length);
    }
    return length;
  }

  /// Where the next so many bytes begin, which are read with this.
  private int had(int wanted) {
    int from = at;
    if (end - from < wanted) {
      throw new Malformed("expected " + wanted + " bytes more, found " + (end - from));
    }
    at = from + wanted;
    return from;
  }
}
