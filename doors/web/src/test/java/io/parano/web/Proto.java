package io.parano.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Messages of protobuf written and read byte by byte, without the library that the door uses:
/// varints, and fields with a length (Protocol Buffers, "Encoding").
final class Proto {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Proto number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  Proto bytes(int field, byte[] value) {
    varint(((long) field << 3) | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  Proto text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Proto message(int field, Proto value) {
    return bytes(field, value.bytes());
  }

  Proto raw(int... octets) {
    for (int octet : octets) {
      out.write(octet);
    }
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /// The fields of a message by number: a `Long` for each number, a `byte[]` for each other.
  static Map<Integer, List<Object>> fields(byte[] message) {
    Map<Integer, List<Object>> fields = new TreeMap<>();
    int[] at = {0};
    while (at[0] < message.length) {
      long tag = varint(message, at);
      List<Object> values = fields.computeIfAbsent((int) (tag >> 3), new_ -> new ArrayList<>());
      if ((tag & 7) == 0) {
        values.add(varint(message, at));
      } else if ((tag & 7) == 2) {
        int length = (int) varint(message, at);
        byte[] value = new byte[length];
        System.arraycopy(message, at[0], value, 0, length);
        at[0] += length;
        values.add(value);
      } else {
        throw new AssertionError("wire type " + (tag & 7));
      }
    }
    return fields;
  }

  static Map<Integer, List<Object>> nested(Map<Integer, List<Object>> fields, int field) {
    return fields((byte[]) only(fields, field));
  }

  static Object only(Map<Integer, List<Object>> fields, int field) {
    List<Object> values = fields.getOrDefault(field, List.of());
    if (values.size() != 1) {
      throw new AssertionError("field " + field + " " + values.size() + " times in " + fields);
    }
    return values.getFirst();
  }

  static String text(Object value) {
    return new String((byte[]) value, StandardCharsets.UTF_8);
  }

  private static long varint(byte[] message, int[] at) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte octet = message[at[0]++];
      value |= (long) (octet & 0x7f) << shift;
      if (octet >= 0) {
        return value;
      }
    }
  }
}
