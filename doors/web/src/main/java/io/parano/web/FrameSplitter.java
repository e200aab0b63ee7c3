package io.parano.web;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Cuts what arrives into frames, none longer than was said, and keeps the beginning of the next.
final class FrameSplitter {
  private static final byte[] NOTHING = {};

  private final int longest;

  /// What was kept: the beginning of a frame, in the first so many bytes.
  private byte[] kept = NOTHING;

  private int length;

  FrameSplitter(int longest) {
    this.longest = longest;
  }

  interface Taker {
    /// @param frame read before this returns, never kept
    void take(FrameKind kind, FrameReader frame);
  }

  void feed(Buffer arrived, Taker taker) {
    byte[] bytes = arrived.getBytes();
    if (length == 0) {
      int used = cut(bytes, bytes.length, taker);
      keep(bytes, used, bytes.length);
      return;
    }
    // Doubled, so that whoever sends byte by byte costs no more than whoever does not.
    if (kept.length < length + bytes.length) {
      kept = Arrays.copyOf(kept, Math.max(2 * kept.length, length + bytes.length));
    }
    System.arraycopy(bytes, 0, kept, length, bytes.length);
    length += bytes.length;
    int used = cut(kept, length, taker);
    if (used > 0) {
      keep(kept, used, length);
    }
  }

  /// Returns how many bytes were whole frames.
  private int cut(byte[] bytes, int end, Taker taker) {
    ByteBuffer view = ByteBuffer.wrap(bytes);
    int at = 0;
    while (end - at > Integer.BYTES) {
      int size = view.getInt(at);
      if (size < 1 || size > longest) {
        throw new FrameReader.Malformed("expected 1 to " + longest + " bytes, found " + size);
      }
      int from = at + Integer.BYTES;
      if (end - from < size) {
        break;
      }
      at = from + size;
      taker.take(FrameKind.of(bytes[from] & 0xff), new FrameReader(bytes, from + 1, at));
    }
    return at;
  }

  private void keep(byte[] bytes, int from, int end) {
    length = end - from;
    kept = length == 0 ? NOTHING : Arrays.copyOfRange(bytes, from, end);
  }
}
