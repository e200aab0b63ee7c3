package io.parano.web;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Frames one behind the other, until somebody takes them: four bytes that say how long the rest
/// is, one that says what it is, and its fields.
final class FrameWriter {
  private static final int USUAL = 4096;

  private ByteBuffer bytes = ByteBuffer.allocate(USUAL);
  private int start;

  FrameWriter begin(FrameKind kind) {
    start = bytes.position();
    return four(0).one(kind.number);
  }

  void end() {
    bytes.putInt(start, bytes.position() - start - Integer.BYTES);
  }

  FrameWriter one(int value) {
    room(1).put((byte) value);
    return this;
  }

  FrameWriter two(int value) {
    room(Short.BYTES).putShort((short) value);
    return this;
  }

  FrameWriter four(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  FrameWriter eight(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  FrameWriter raw(byte[] value) {
    four(value.length);
    room(value.length).put(value);
    return this;
  }

  FrameWriter text(@Nullable String value) {
    return value == null ? four(-1) : raw(value.getBytes(StandardCharsets.UTF_8));
  }

  boolean isEmpty() {
    return bytes.position() == 0;
  }

  Buffer take() {
    Buffer taken = Buffer.buffer(Arrays.copyOf(bytes.array(), bytes.position()));
    bytes = bytes.capacity() > 16 * USUAL ? ByteBuffer.allocate(USUAL) : bytes.clear();
    return taken;
  }

  private ByteBuffer room(int wanted) {
    if (bytes.remaining() < wanted) {
      int least = bytes.position() + wanted;
      byte[] more = Arrays.copyOf(bytes.array(), Math.max(2 * bytes.capacity(), least));
      bytes = ByteBuffer.wrap(more).position(bytes.position());
    }
    return bytes;
  }
}
