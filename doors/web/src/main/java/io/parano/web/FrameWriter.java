package io.parano.web;

import io.vertx.core.buffer.Buffer;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Frames one behind the other, until somebody takes them: four bytes that say how long the rest
/// is, one that says what it is, and its fields.
final class FrameWriter {
  /// Stands where a text's length would.
  static final int NO_TEXT = -1;

  private static final VarHandle TWO = FrameReader.bigEndian(short[].class);
  private static final VarHandle FOUR = FrameReader.bigEndian(int[].class);
  private static final VarHandle EIGHT = FrameReader.bigEndian(long[].class);
  private static final int USUAL = 4096;

  private byte[] bytes = new byte[USUAL];
  private int start;
  private int at;

  FrameWriter begin(FrameKind kind) {
    start = at;
    return four(0).one(kind.number);
  }

  void end() {
    FOUR.set(bytes, start, at - start - Integer.BYTES);
  }

  FrameWriter one(int value) {
    int to = room(1);
    bytes[to] = (byte) value;
    return this;
  }

  FrameWriter two(int value) {
    int to = room(Short.BYTES);
    TWO.set(bytes, to, (short) value);
    return this;
  }

  FrameWriter four(int value) {
    int to = room(Integer.BYTES);
    FOUR.set(bytes, to, value);
    return this;
  }

  FrameWriter eight(long value) {
    int to = room(Long.BYTES);
    EIGHT.set(bytes, to, value);
    return this;
  }

  FrameWriter raw(byte[] value) {
    four(value.length);
    int to = room(value.length);
    System.arraycopy(value, 0, bytes, to, value.length);
    return this;
  }

  FrameWriter text(@Nullable String value) {
    return value == null ? four(NO_TEXT) : raw(value.getBytes(StandardCharsets.UTF_8));
  }

  boolean isEmpty() {
    return at == 0;
  }

  Buffer take() {
    Buffer taken = Buffer.buffer(Arrays.copyOf(bytes, at));
    at = 0;
    if (bytes.length > 16 * USUAL) {
      bytes = new byte[USUAL];
    }
    return taken;
  }

  /// Where the next so many bytes go, which are taken with this.
  private int room(int wanted) {
    int from = at;
    if (bytes.length - from < wanted) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, from + wanted));
    }
    at = from + wanted;
    return from;
  }
}
