package io.parano.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The fields of one frame. Whatever is not as written down throws [Malformed]: both ends are of
/// one build, so that the other one is broken, or somebody else's.
final class FrameReader {
  private final ByteBuffer bytes;

  FrameReader(byte[] frame, int from, int to) {
    this.bytes = ByteBuffer.wrap(frame, from, to - from);
  }

  /// The other end does not keep to the protocol.
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  int one() {
    return had(1).get() & 0xff;
  }

  int two() {
    return had(Short.BYTES).getShort() & 0xffff;
  }

  int four() {
    return had(Integer.BYTES).getInt();
  }

  long eight() {
    return had(Long.BYTES).getLong();
  }

  byte[] raw() {
    int length = four();
    if (length < 0) {
      throw new Malformed("expected a length, found " + length);
    }
    ByteBuffer from = had(length);
    byte[] value = new byte[length];
    from.get(value);
    return value;
  }

  String text() {
    String text = textOrNull();
    if (text == null) {
      throw new Malformed("expected a text, found none");
    }
    return text;
  }

  @Nullable String textOrNull() {
    int length = bytes.remaining() < Integer.BYTES ? 0 : bytes.getInt(bytes.position());
    if (length == -1) {
      var _ = four();
      return null;
    }
    return new String(raw(), StandardCharsets.UTF_8);
  }

  /// Which of `count` things this is.
  int index(int count) {
    return index(count, two());
  }

  int index(int count, int index) {
    if (index >= count) {
      throw new Malformed("expected one of " + count + ", found " + index);
    }
    return index;
  }

  void end() {
    if (bytes.hasRemaining()) {
      throw new Malformed(bytes.remaining() + " bytes too many");
    }
  }

  private ByteBuffer had(int wanted) {
    if (bytes.remaining() < wanted) {
      throw new Malformed("expected " + wanted + " bytes more, found " + bytes.remaining());
    }
    return bytes;
  }
}
