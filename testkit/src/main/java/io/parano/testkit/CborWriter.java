package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes CBOR in CTAP2's canonical form (CTAP 2.1 section 8) from plain values: [Number] as
/// integer, [String], [Bytes], [Boolean], [List] and [Map].
public final class CborWriter {
  private CborWriter() {}

  public static Bytes write(Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(value, out);
    return Bytes.of(out.toByteArray());
  }

  private static void write(Object value, ByteArrayOutputStream out) {
    switch (value) {
      case Number number -> {
        long integer = number.longValue();
        head(integer < 0 ? 1 : 0, integer < 0 ? -1 - integer : integer, out);
      }
      case Bytes bytes -> string(2, bytes.copy(), out);
      case String text -> string(3, text.getBytes(StandardCharsets.UTF_8), out);
      case List<?> list -> {
        head(4, list.size(), out);
        list.forEach(item -> write(item, out));
      }
      case Map<?, ?> map -> map(map, out);
      case Boolean truth -> out.write(truth ? 0xf5 : 0xf4);
      default -> throw new IllegalArgumentException("no CBOR for " + value.getClass());
    }
  }

  /// Keys by major type, then by length, then by bytes: the encoded head holds the first two in
  /// that order already.
  private static void map(Map<?, ?> map, ByteArrayOutputStream out) {
    TreeMap<byte[], Object> sorted = new TreeMap<>(Arrays::compareUnsigned);
    map.forEach((key, value) -> sorted.put(write(key).copy(), value));
    head(5, sorted.size(), out);
    sorted.forEach((key, value) -> {
      out.writeBytes(key);
      write(value, out);
    });
  }

  private static void string(int major, byte[] content, ByteArrayOutputStream out) {
    head(major, content.length, out);
    out.writeBytes(content);
  }

  private static void head(int major, long argument, ByteArrayOutputStream out) {
    if (argument < 24) {
      out.write(major << 5 | (int) argument);
    } else if (argument < 1 << 8) {
      out.write(major << 5 | 24);
      out.write((int) argument);
    } else if (argument < 1 << 16) {
      out.write(major << 5 | 25);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) argument).array());
    } else if (argument < 1L << 32) {
      out.write(major << 5 | 26);
      out.writeBytes(ByteBuffer.allocate(4).putInt((int) argument).array());
    } else {
      out.write(major << 5 | 27);
      out.writeBytes(ByteBuffer.allocate(8).putLong(argument).array());
    }
  }
}
